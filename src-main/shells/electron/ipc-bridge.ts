import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { EVENT_CHANNEL, REQUEST_CHANNEL, type Envelope } from '@contract/bridge'
import { CommonError } from '@contract/errors'
import type { Core } from '@main/core/create-core'
import { isOwn } from './window-rules'

/** Carries requests and events between the window and the core. Only the app's own page, in its main frame, is heard. */
export function connectWindow(core: Core, contents: WebContents, appOrigin: string): void {
  const isApp = ({ sender, senderFrame }: IpcMainInvokeEvent) =>
    sender === contents && senderFrame !== null && senderFrame === sender.mainFrame && isOwn(senderFrame.url, appOrigin)

  ipcMain.handle(REQUEST_CHANNEL, (event, route: unknown, input: unknown): Envelope | Promise<Envelope> =>
    isApp(event) && typeof route === 'string' ? core.request(route, input) : forbidden
  )
  const stop = core.subscribe((event) => {
    if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, event)
  })
  contents.once('destroyed', () => {
    stop()
    ipcMain.removeHandler(REQUEST_CHANNEL)
  })
}

const forbidden: Envelope = {
  ok: false,
  error: { code: CommonError.Forbidden, message: 'This page may not ask', details: {}, retryable: false },
}
