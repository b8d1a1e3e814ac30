import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { EVENT_CHANNEL, REQUEST_CHANNEL, type Envelope } from '@contract/bridge'
import { CommonError } from '@contract/errors'
import type { Core } from '@main/core/core'
import { isOwn } from './window-rules'

/**
 * Carries requests and events between the window and the core. Only the app's own page, in its main frame, is heard. What
 * the page asks before the core is open waits for it.
 */
export function connectWindow(opening: Promise<Core>, contents: WebContents, appOrigin: string): void {
  const isApp = ({ sender, senderFrame }: IpcMainInvokeEvent) =>
    sender === contents && senderFrame !== null && senderFrame === sender.mainFrame && isOwn(senderFrame.url, appOrigin)

  ipcMain.handle(REQUEST_CHANNEL, async (event, route: unknown, input: unknown): Promise<Envelope> => {
    if (!isApp(event) || typeof route !== 'string') return forbidden
    return (await opening).request(route, input)
  })
  const following = opening.then(
    (core) =>
      core.subscribe((event) => {
        if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, event)
      }),
    // A core that cannot be opened ends the app (index.ts).
    () => () => undefined
  )
  contents.once('destroyed', () => {
    ipcMain.removeHandler(REQUEST_CHANNEL)
    void following.then((stop) => stop())
  })
}

const forbidden: Envelope = {
  ok: false,
  error: { code: CommonError.Forbidden, message: 'This page may not ask', details: {}, retryable: false },
}
