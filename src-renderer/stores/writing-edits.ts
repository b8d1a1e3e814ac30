import { create } from 'zustand'
import { v7 } from 'uuid'
import { EditSession } from '@contract/entities/edit'
import type { MessageId } from '@contract/ids'

/** A passage whose editor is open. */
export interface OpenEdit {
  text: string
  /** All that is typed until the editor closes is one step of undo. */
  session: EditSession
  /** Nothing was typed yet: the editor has nothing of its own to undo. */
  fresh: boolean
}

interface EditStore {
  edits: Record<MessageId, OpenEdit>
  begin(id: MessageId, text: string): void
  write(id: MessageId, text: string): void
  end(id: MessageId): void
}

/** Open editors, kept outside the screen so that leaving it, or scrolling far away, closes none. */
export const useEditStore = create<EditStore>()((set) => ({
  edits: {},
  begin: (id, text) =>
    set((state) => ({ edits: { ...state.edits, [id]: { text, session: EditSession.parse(v7()), fresh: true } } })),
  write: (id, text) =>
    set((state) => {
      const edit = state.edits[id]
      return edit ? { edits: { ...state.edits, [id]: { ...edit, text, fresh: false } } } : state
    }),
  end: (id) =>
    set((state) => {
      const { [id]: _gone, ...edits } = state.edits
      return { edits }
    }),
}))
