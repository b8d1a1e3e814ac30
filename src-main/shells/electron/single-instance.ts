import { app } from 'electron'
import { z } from 'zod'
import type { Core } from '@main/core/core'
import { openedPaths } from './opened-paths'

/**
 * What a second start gives the first: absolute paths, as in an address. Electron does not bring letters of other alphabets
 * across (seen with 33 on Linux: the first hears of no start at all).
 */
const HandedOver = z.object({ files: z.array(z.string()) })

export interface SingleInstance {
  /** Gives the core the files that were opened so far, and those to come. */
  openFilesIn(core: Core): void
}

/**
 * Makes this the one Fabula on its data folder; null when there is one already, which has been handed the files of this
 * start. Files come by the arguments of a start, and on macOS by an event, which may come before the app is ready.
 *
 * @param show brings the window to the front, or opens one
 */
export function becomeOnlyInstance(show: () => void): SingleInstance | null {
  let waiting = openedPaths(process.argv.slice(1), process.cwd(), app.isPackaged)
  const handedOver: z.infer<typeof HandedOver> = { files: waiting.map(encodeURIComponent) }
  if (!app.requestSingleInstanceLock(handedOver)) return null
  let core: Core | null = null
  const openFiles = (paths: readonly string[]) => {
    if (core) core.openFiles(paths)
    else waiting.push(...paths)
    show()
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openFiles([path])
  })
  app.on('second-instance', (_event, _args, _from, handed) =>
    openFiles(HandedOver.safeParse(handed).data?.files.map(decodeURIComponent) ?? [])
  )
  return {
    openFilesIn: (opened) => {
      core = opened
      core.openFiles(waiting)
      waiting = []
    },
  }
}
