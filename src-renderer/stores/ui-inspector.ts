import { create } from 'zustand'
import type { StoryId, TurnId } from '@contract/ids'

/** A turn that was taken, or what the next one would send. */
export type Inspected = { kind: 'turn'; storyId: StoryId; turnId: TurnId } | { kind: 'dryRun'; storyId: StoryId }

interface InspectorState {
  /** Null: the inspector is closed. */
  shown: Inspected | null
  show: (shown: Inspected) => void
  close: () => void
}

/** What the inspector beside the page shows. Passages, the composer and the palette open it. */
export const useInspector = create<InspectorState>((set) => ({
  shown: null,
  show: (shown) => set({ shown }),
  close: () => set({ shown: null }),
}))
