import type { Summary } from '@contract/entities/summary'
import type { MessageId, StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'

/** What is known in short of a story up to a passage. */
export interface StorySoFar {
  /** Those that hold on its path, the finest first, then in the order of the story. */
  summaries: readonly Summary[]
  /** How many passages stand before one, deleted ones too; -1 for one that does not stand yet. */
  depthOf(id: MessageId): number
}

export const nothingInShort: StorySoFar = { summaries: [], depthOf: () => -1 }

/** Of the path that ends at a passage: a summary holds where the last passage that it covers stands on that path. */
export function storySoFar(
  stores: Pick<Stores, 'messages' | 'summaries'>,
  storyId: StoryId,
  end: MessageId | null
): StorySoFar {
  const { tree } = stores.messages
  const depthOf = (id: MessageId) => tree.place(id)?.depth ?? -1
  if (end === null) return { summaries: [], depthOf }
  const last = depthOf(end)
  const summaries = stores.summaries
    .ofStory(storyId)
    .filter((one) => one.last <= last && tree.ancestorAt(end, one.last) === one.lastId)
  return { summaries, depthOf }
}
