import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { EVENT_CHANNEL, REQUEST_CHANNEL, type FabulaBridge } from './contract/bridge'
import type { AnyEvent } from './contract/events'

/** Two channels and nothing else: the page cannot reach ipcRenderer. */
const bridge: FabulaBridge = {
  request: (route, input) => ipcRenderer.invoke(REQUEST_CHANNEL, route, input),
  subscribe: (listener) => {
    const forward = (_event: IpcRendererEvent, event: AnyEvent) => listener(event)
    ipcRenderer.on(EVENT_CHANNEL, forward)
    return () => void ipcRenderer.off(EVENT_CHANNEL, forward)
  },
}

contextBridge.exposeInMainWorld('fabula', bridge)
