import { MessageId, type StoryId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import type { StoryRow } from './story-store'
import type { Stores } from './stores'

/** A copy of a story's passages that is made a few places at a time. */
export interface PassageCopy {
  /** Copies a few places; false when none is left. */
  step(): boolean
  /** The last passage that was copied. */
  head(): MessageId | null
}

/** Places that are looked up at once. */
const AT_ONCE = 32

/**
 * Copies the path that a story shows, without the alternatives beside it, into another story. A passage is copied within
 * the database, with its size and its authorship as they are kept: no text is read for it.
 */
export function copyPassages(stores: Stores, from: StoryRow, to: StoryId): PassageCopy {
  const { headId } = from
  const last = headId === null ? null : stores.messages.lastShown(headId)
  /** Those that were copied, at their depths. */
  const copied: MessageId[] = []
  let place = 0
  return {
    step: () => {
      if (!last || place > last.position) return false
      const until = Math.min(place + AT_ONCE - 1, last.position)
      const originals = stores.messages.shownBetween(last.id, place, until)
      const chapters = stores.chapters.names(originals)
      for (const original of originals) {
        const depth = copied.length
        const id = newId(MessageId)
        stores.messages.copy(original, {
          id,
          storyId: to,
          parentId: copied.at(-1) ?? null,
          depth,
          // At the depth that is left when the lowest set bit is cleared (message-tree.ts).
          jumpId: copied[depth & (depth - 1)] ?? null,
        })
        const extra = stores.extras.ofMessage(original)
        if (Object.keys(extra).length > 0) stores.extras.setMessage(id, extra)
        const chapter = chapters.get(original)
        if (chapter !== undefined) stores.chapters.set(id, to, chapter)
        copied.push(id)
      }
      place = until + 1
      return true
    },
    head: () => copied.at(-1) ?? null,
  }
}
