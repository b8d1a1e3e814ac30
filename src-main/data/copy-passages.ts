import { MessageId, type StoryId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import type { StoryRow } from './story-store'
import type { Stores } from './stores'

/** A copy of a story's passages that is made one place at a time. */
export interface PassageCopy {
  /** Copies one place; false when none is left. */
  step(): boolean
  /** The last passage that was copied. */
  head(): MessageId | null
}

/** Copies the path that a story shows, without the alternatives beside it, into another story. */
export function copyPassages(stores: Stores, from: StoryRow, to: StoryId): PassageCopy {
  const { headId } = from
  const last = headId === null ? null : stores.messages.lastShown(headId)
  let place = 0
  let parentId: MessageId | null = null
  return {
    step: () => {
      if (!last || place > last.position) return false
      const [found] = stores.messages.page(last.id, place, place)
      place += 1
      if (!found) return true
      const { row } = found
      const id = newId(MessageId)
      const state = row.state === 'streaming' ? 'stopped' : row.state
      stores.messages.insert({ ...row, id, storyId: to, parentId, state })
      const extra = stores.extras.ofMessage(row.id)
      if (Object.keys(extra).length > 0) stores.extras.setMessage(id, extra)
      parentId = id
      return true
    },
    head: () => parentId,
  }
}
