import { create } from 'zustand'
import type { StoryId } from '@contract/ids'

interface DraftStore {
  drafts: Record<StoryId, string>
  put(storyId: StoryId, text: string): void
}

/**
 * What stands in each composer of this session. It outlives the screen, so that a story that is left and opened again
 * shows the newest words even while they are still on their way to the database.
 */
export const useDraftStore = create<DraftStore>()((set) => ({
  drafts: {},
  put: (storyId, text) => set((state) => ({ drafts: { ...state.drafts, [storyId]: text } })),
}))
