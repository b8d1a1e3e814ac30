import { create } from 'zustand'

interface PlayerSettings {
  /** Times the usual speed, 0.5 to 2. */
  speed: number
  /** 0 to 1. */
  volume: number
  muted: boolean
}

/** How the writer listens: the same in every player of the session. */
export const usePlayerSettings = create<PlayerSettings>()(() => ({ speed: 1, volume: 1, muted: false }))
