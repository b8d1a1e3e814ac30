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
  get(id: MessageId): MessageRow | undefined
  has(storyId: StoryId): boolean
  close(): void
}

export function createUnsavedPassages(ports: { stores: Stores; events: EventHub; clock: Clock }): UnsavedPassages {
  const { stores, events, clock } = ports
  const waiting = new Map<MessageId, MessageRow>()
  let timer: NodeJS.Timeout | undefined

  const write = (row: MessageRow) =>
    stores.transaction(() => {
      stores.messages.update(row, timestamp(clock))
      events.changed('messages', 'stories')
    })
  const again = () => {
    timer = undefined
    try {
      for (const row of waiting.values()) {
        write(row)
        waiting.delete(row.id)
      }
    } catch {
      timer = setTimeout(again, AGAIN_MS)
    }
  }

  return {
    save: (row) => {
      try {
        write(row)
      } catch (error) {
        waiting.set(row.id, row)
        timer ??= setTimeout(again, AGAIN_MS)
        throw error
      }
    },
    get: (id) => waiting.get(id),
    has: (storyId) => [...waiting.values()].some((row) => row.storyId === storyId),
    close: () => {
      clearTimeout(timer)
      if (waiting.size > 0) again()
      clearTimeout(timer)
    },
  }
}
