import { create } from 'zustand'
import type { MediaId, MessageId, StageId, StoryId } from '@contract/ids'

/** What something is to be made of. */
export interface Making {
  /** Null: the first that is set up. */
  stage: StageId | null
  storyId: StoryId | null
  messageId: MessageId | null
  /** A poem that it is made of. */
  sourceId: MediaId | null
  text: string
}

interface MediaDialog {
  making: Making | null
  open: (making: Making) => void
  close: () => void
}

/** "Make…" over the page: a passage, a selection, a poem and the palette open it. */
export const useMediaDialog = create<MediaDialog>((set) => ({
  making: null,
  open: (making) => set({ making }),
  close: () => set({ making: null }),
}))
