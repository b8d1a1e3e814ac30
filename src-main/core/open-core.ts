import type { ErrorShape } from '@contract/errors'
import { putStagedInPlace } from '@main/data/restored-database'
import { startWithEmptyDatabase } from '@main/data/storage'
import { systemClock } from '@main/platform/clock'
import { createEventHub } from '@main/platform/event-hub'
import type { Core, CorePorts, SwapIn } from './core'
import { createCore } from './create-core'

/**
 * Opens the core that the shells use. While its data folder cannot be written, it can be asked to try again
 * (`storage.reopen`): a second core is then opened on the folder and, if that one can write, takes the place of the first. A
 * backup is restored (`backups.restore`) with no core open: requests that come meanwhile wait for the next one. Whoever listens to events hears those of both.
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
  /** While there is no core: ends when there is one again. */
  let swapping: Promise<void> | null = null

  const putInPlace = async (reason: Parameters<SwapIn>[0]): Promise<void> => {
    const before = current
    const failures: unknown[] = []
    await before.close().catch((error: unknown) => failures.push(error))
    try {
      putStagedInPlace(ports.dataDir, systemClock.now(), reason)
    } finally {
      // Whatever happened to the copy: the app goes on with what is there.
      current = open()
      left.push(before)
      for (const failure of failures) current.reportUncaught(failure)
      if (startedUp) void current.startBackgroundWork()
    }
  }
  const swap: SwapIn = async (reason) => {
    await reopening
    const put = putInPlace(reason)
    swapping = put
      .catch(() => undefined)
      .finally(() => {
        swapping = null
      })
    try {
      await put
    } catch (error) {
      events.publish('storage.reopened', {})
      throw error
    }
    events.publish('storage.restored', {})
    return current.status().storageProblem
  }
  const open = () =>
    createCore(ports, {
      events,
      swap,
      reopen: (empty) =>
        (reopening ??= reopen(empty).finally(() => {
          reopening = null
        })),
    })
  let current = open()

  return {
    status: () => current.status(),
    request: async (route, input) => {
      await swapping
      return current.request(route, input)
    },
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
    close: async () => {
      await swapping
      await current.close()
    },
    reportUncaught: (error) => current.reportUncaught(error),
    isKeychainWaiting: () => [...left, current].some((core) => core.isKeychainWaiting()),
  }
}
