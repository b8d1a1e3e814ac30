import { create } from 'zustand'

interface Shortcuts {
  isOpen: boolean
  setOpen: (isOpen: boolean) => void
}

/** Whether the list of keyboard shortcuts is open. */
export const useShortcuts = create<Shortcuts>((set) => ({ isOpen: false, setOpen: (isOpen) => set({ isOpen }) }))
