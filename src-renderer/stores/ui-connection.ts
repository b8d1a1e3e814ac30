import { create } from 'zustand'

interface Connection {
  /** False while the app's own server, in the browser shell, does not answer. */
  connected: boolean
  setConnected: (connected: boolean) => void
}

export const useConnection = create<Connection>((set) => ({
  connected: true,
  setConnected: (connected) => set({ connected }),
}))
