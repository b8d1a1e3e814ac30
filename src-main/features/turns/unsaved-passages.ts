import type { MessageId, StoryId } from '@contract/ids'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'

const AGAIN_MS = 3000

/**
 * Passages that are written but could not be saved yet, because the disk was full or gone. They are read from here, and
 * saving is tried again until it works.
 */
export interface UnsavedPassages {
  /** Saves a passage, or keeps it here and throws what stood in the way. */
  save(row: MessageRow): void
  /** Takes back a passage of which no word came, or marks it here as deleted and throws what stood in the way. */
  takeBack(id: MessageId, headBefore: MessageId | null): void
  /** The passage as it will be saved. */
  get(id: MessageId): MessageRow | undefined
  /** Saves what waits in a story; throws what still stands in the way. */
  saveWaiting(storyId: StoryId): void
  close(): void
}

/** A passage as it is to be read until then, and how to save it. */
interface Waiting {
  row: MessageRow
  write: () => void
}

export function createUnsavedPassages(ports: { stores: Stores; events: EventHub; clock: Clock }): UnsavedPassages {
  const { stores, events, clock } = ports
  const waiting = new Map<MessageId, Waiting>()
  let timer: NodeJS.Timeout | undefined

  const again = () => {
    timer = undefined
    try {
      for (const [id, { write }] of waiting) {
        write()
        waiting.delete(id)
      }
    } catch {
      timer = setTimeout(again, AGAIN_MS)
    }
  }
  const writeOrKeep = (one: Waiting) => {
    try {
      one.write()
    } catch (error) {
      waiting.set(one.row.id, one)
      timer ??= setTimeout(again, AGAIN_MS)
      throw error
    }
  }
  const inTransaction = (storyId: StoryId, work: () => void) => () => {
    stores.transaction(work)
    events.changed({ topic: 'messages', ids: [storyId] })
  }

  return {
    save: (row) => {
      const write = inTransaction(row.storyId, () => stores.messages.update(row, timestamp(clock)))
      writeOrKeep({ row, write })
    },
    takeBack: (id, headBefore) => {
      const row = stores.messages.get(id)
      if (!row) return
      const write = inTransaction(row.storyId, () => {
        // The writer may have gone elsewhere in the story meanwhile.
        if (stores.stories.get(row.storyId)?.headId === id)
          stores.stories.setHead(row.storyId, headBefore, timestamp(clock))
        stores.messages.remove(id)
      })
      writeOrKeep({ row: { ...row, deleted: true }, write })
    },
    get: (id) => waiting.get(id)?.row,
    saveWaiting: (storyId) => {
      for (const [id, { row, write }] of waiting)
        if (row.storyId === storyId) {
          write()
          waiting.delete(id)
        }
    },
    close: () => {
      clearTimeout(timer)
      if (waiting.size > 0) again()
      clearTimeout(timer)
    },
  }
}
