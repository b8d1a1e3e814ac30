import { create } from 'zustand'
import type { MessageId } from '@contract/ids'

interface ReachedStore {
  /** The passage under the pointer. */
  hovered: MessageId | null
  /** The passage that has the focus in it. */
  focused: MessageId | null
  /** Its place in the story. */
  focusedAt: number | null
  /** The place of the passage of which something plays. */
  playingAt: number | null
}

/** Which passages the writer's pointer and keyboard are at: those show what can be done with them. */
export const useReachedStore = create<ReachedStore>()(() => ({
  hovered: null,
  focused: null,
  focusedAt: null,
  playingAt: null,
}))
