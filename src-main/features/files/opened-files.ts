import { basename } from 'node:path'
import type { FabulaError } from '@contract/errors'
import { MOST_FILES, type OpenedFile } from '@contract/routes/files'
import type { UploadFolder } from '@main/data/upload-folder'
import type { EventHub } from '@main/platform/event-hub'

/** Files that were opened from outside, until the window takes them. */
export interface OpenedFiles {
  /** @param paths absolute */
  open(paths: readonly string[]): void
  /** Each file once, with its bytes copied as they are now, or with what keeps it from being read. */
  take(): Promise<OpenedFile[]>
}

export function createOpenedFiles(ports: {
  uploads: Pick<UploadFolder, 'copyIn'>
  events: EventHub
  toUserError: (error: unknown) => FabulaError
}): OpenedFiles {
  let waiting: string[] = []
  return {
    open: (paths) => {
      if (paths.length === 0) return
      // The same file twice, as an impatient user opens it, is one.
      waiting = [...new Set([...waiting, ...paths])].slice(-MOST_FILES)
      ports.events.publish('files.opened', {})
    },
    take: async () => {
      const paths = waiting
      waiting = []
      const taken: OpenedFile[] = []
      for (const path of paths) {
        const fileName = basename(path).slice(-300)
        try {
          taken.push({ fileName, uploadId: await ports.uploads.copyIn(path) })
        } catch (error) {
          taken.push({ fileName, problem: ports.toUserError(error).toShape() })
        }
      }
      return taken
    },
  }
}
