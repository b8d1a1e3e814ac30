import { create } from 'zustand'

interface Focus {
  /** Only the page is seen: the rail and all panels are hidden. */
  on: boolean
  setOn: (on: boolean) => void
}

/** Focus mode: the writing view switches it on and off, the frame follows. */
export const useFocusMode = create<Focus>((set) => ({ on: false, setOn: (on) => set({ on }) }))
