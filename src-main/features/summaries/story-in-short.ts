import type { Summary } from '@contract/entities/summary'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { storySoFar } from '@main/prompts/story-so-far'

/** A story as its summaries are made of it. */
export interface StoryInShort {
  /** Those that hold for the story as it is shown, the finest first, then in the order of the story. */
  summaries: readonly Summary[]
  /** Places up to the last passage. */
  length: number
  /** Those that have ended, each at the place of its last passage. */
  chapters: readonly { name: string; last: number }[]
  chapterEnds: readonly number[]
}

export function storyInShort(stores: Stores, { id, headId }: StoryRow): StoryInShort {
  const last = headId === null ? null : stores.messages.lastShown(headId)
  if (!last) return { summaries: [], length: 0, chapters: [], chapterEnds: [] }
  const { summaries } = storySoFar(stores, id, last.id)
  const chapters = stores.chapters.onPath(id, last.id)
  return { summaries, length: last.position + 1, chapters, chapterEnds: chapters.map((chapter) => chapter.last) }
}
