import { app } from 'electron'
import type { Core } from '@main/core/core'

export interface Closing {
  /** From now on there is a core to be closed. */
  follow(core: Core): void
  /** Closes it ahead of the end of the app; nothing may be asked of it afterwards. */
  close(): Promise<void>
}

/** Saves what is being written before the process ends, whoever ends it. */
export function closeBeforeQuitting(): Closing {
  let core: Core | null = null
  let closing: Promise<void> | null = null
  let closed = false
  const close = () =>
    (closing ??= (core?.close() ?? Promise.resolve()).finally(() => {
      closed = true
    }))
  app.on('will-quit', (event) => {
    if (closed || !core) return
    event.preventDefault()
    void close().finally(() => {
      if (core?.isKeychainWaiting()) process.kill(process.pid, 'SIGKILL')
      // Electron takes no second quit before the event of the first has returned.
      setImmediate(() => app.quit())
    })
  })
  return {
    follow: (opened) => {
      core = opened
    },
    close,
  }
}
