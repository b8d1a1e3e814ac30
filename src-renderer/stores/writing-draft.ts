import { create } from 'zustand'
import type { FabulaError } from '@contract/errors'
import type { StoryId } from '@contract/ids'

/** `saving` from the first letter typed until main has it. */
export type DraftState = 'saved' | 'saving' | 'failed'

export interface Draft {
  text: string
  state: DraftState
  error: FabulaError | null
}

interface DraftStore {
  drafts: Record<StoryId, Draft>
  put(storyId: StoryId, draft: Draft): void
}

/**
 * What stands in each composer of this session. It outlives the screen, so that a story that is left and opened again
 * shows the newest words even while they are still on their way to the database.
 */
export const useDraftStore = create<DraftStore>()((set) => ({
  drafts: {},
  put: (storyId, draft) => set((state) => ({ drafts: { ...state.drafts, [storyId]: draft } })),
}))
