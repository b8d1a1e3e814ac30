import { create } from 'zustand'
import type { MessageId, StoryId } from '@contract/ids'

interface TargetStore {
  /** The passage to show when its story opens: a search hit. Null: the end. */
  target: { storyId: StoryId; messageId: MessageId } | null
  show(storyId: StoryId, messageId: MessageId): void
  reached(): void
}

export const useTargetStore = create<TargetStore>()((set) => ({
  target: null,
  show: (storyId, messageId) => set({ target: { storyId, messageId } }),
  reached: () => set({ target: null }),
}))
