import { MessageId, type StoryId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import type { StoryRow } from './story-store'
import type { Stores } from './stores'

/**
 * Copies the path that a story shows, without the alternatives beside it, into another story. Runs inside the caller's
 * transaction. Returns the copy's head.
 */
export function copyPassagesTx(stores: Stores, from: StoryRow, to: StoryId): MessageId | null {
  let parentId: MessageId | null = null
  for (const row of stores.messages.pathFrom(from.headId, Number.MAX_SAFE_INTEGER).toReversed()) {
    const id = newId(MessageId)
    stores.messages.insert({
      ...row,
      id,
      storyId: to,
      parentId,
      state: row.state === 'streaming' ? 'stopped' : row.state,
    })
    parentId = id
  }
  return parentId
}
