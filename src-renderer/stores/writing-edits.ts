import { create } from 'zustand'
import type { MessageId } from '@contract/ids'

interface EditStore {
  /** Text of passages being edited in place. */
  edits: Record<MessageId, string>
  write(id: MessageId, text: string): void
  end(id: MessageId): void
}

/** Passages being edited, kept outside the screen so that leaving it, or scrolling far away, loses no words. */
export const useEditStore = create<EditStore>()((set) => ({
  edits: {},
  write: (id, text) => set((state) => ({ edits: { ...state.edits, [id]: text } })),
  end: (id) =>
    set((state) => {
      const { [id]: _gone, ...edits } = state.edits
      return { edits }
    }),
}))
