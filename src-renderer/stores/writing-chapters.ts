import { create } from 'zustand'
import type { MessageId } from '@contract/ids'

interface Chapters {
  /** The passage whose chapter was just ended and is to get its name now. */
  naming: MessageId | null
  name: (id: MessageId) => void
  named: () => void
}

export const useChapterStore = create<Chapters>((set) => ({
  naming: null,
  name: (id) => set({ naming: id }),
  named: () => set({ naming: null }),
}))
