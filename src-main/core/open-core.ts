import type { ErrorShape } from '@contract/errors'
import { startWithEmptyDatabase } from '@main/data/storage'
import { createEventHub } from '@main/platform/event-hub'
import type { Core, CorePorts } from './core'
import { createCore } from './create-core'

/**
 * Opens the core that the shells use. While its data folder cannot be written, it can be asked to try again
 * (`storage.reopen`): a second core is then opened on the folder and, if that one can write, takes the place of the first.
 * Whoever listens to events hears those of both.
 */
export function openCore(ports: CorePorts): Core {
  const events = createEventHub()
  const left: Core[] = []
  let startedUp = false
  let reopening: Promise<ErrorShape | null> | null = null

  const reopen = async (empty: boolean): Promise<ErrorShape | null> => {
    if (!current.status().storageProblem) return null
    if (empty) startWithEmptyDatabase(ports.dataDir)
    const next = open()
    const problem = next.status().storageProblem
    if (problem) {
      await next.close()
      return problem
    }
    const before = current
    current = next
    left.push(before)
    events.publish('storage.reopened', {})
    await before.close()
    if (startedUp) void next.startBackgroundWork()
    return null
  }
  const open = () =>
    createCore(ports, {
      events,
      reopen: (empty) =>
        (reopening ??= reopen(empty).finally(() => {
          reopening = null
        })),
    })
  let current = open()

  return {
    status: () => current.status(),
    request: (route, input) => current.request(route, input),
    answerProgram: (request, visit) => current.answerProgram(request, visit),
    media: {
      find: (id) => current.media.find(id),
      read: (hash, first, last) => current.media.read(hash, first, last),
    },
    subscribe: events.subscribe,
    openFiles: (paths) => current.openFiles(paths),
    runGateway: (port) => current.runGateway(port),
    startBackgroundWork: () => {
      startedUp = true
      return current.startBackgroundWork()
    },
    close: () => current.close(),
    reportUncaught: (error) => current.reportUncaught(error),
    isKeychainWaiting: () => [...left, current].some((core) => core.isKeychainWaiting()),
  }
}
