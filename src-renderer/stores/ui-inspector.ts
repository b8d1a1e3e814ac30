import { create } from 'zustand'
import type { StoryId, TurnId } from '@contract/ids'

/** A turn that was taken, or what the next one would send. */
export type Inspected = { kind: 'turn'; storyId: StoryId; turnId: TurnId } | { kind: 'dryRun'; storyId: StoryId }
/** What the story came to so far. */
type InShort = { kind: 'summaries'; storyId: StoryId }

interface InspectorState {
  /** Null: who writes is shown. */
  shown: Inspected | InShort | null
  show: (shown: Inspected | InShort) => void
  close: () => void
}

/** What stands beside the page in the place of who writes. Passages, the composer and the palette open it. */
export const useInspector = create<InspectorState>((set) => ({
  shown: null,
  show: (shown) => set({ shown }),
  close: () => set({ shown: null }),
}))
