import { create } from 'zustand'
import type { StoryId } from '@contract/ids'

interface StorySearchStore {
  /** What is looked for in all stories; it stays while a story that was found is read. */
  text: string
  /** How many pages of places are shown of each story that was unfolded. */
  pages: ReadonlyMap<StoryId, number>
  /** The result that was opened last: the focus comes back to it. */
  opened: string | null
  seek(text: string): void
  showMore(storyId: StoryId): void
  open(result: string): void
  cameBack(): void
}

export const useStorySearch = create<StorySearchStore>()((set) => ({
  text: '',
  pages: new Map(),
  opened: null,
  seek: (text) => set({ text, pages: new Map(), opened: null }),
  showMore: (storyId) => set(({ pages }) => ({ pages: new Map([...pages, [storyId, (pages.get(storyId) ?? 0) + 1]]) })),
  open: (opened) => set({ opened }),
  cameBack: () => set({ opened: null }),
}))
