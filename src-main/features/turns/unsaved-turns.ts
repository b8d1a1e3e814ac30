import type { Turn } from '@contract/entities/turn'
import type { MessageId, StoryId, TurnId } from '@contract/ids'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'

const AGAIN_MS = 3000

/** How a turn ended, as it is to be read until that is saved. */
export interface EndedTurn {
  turn: Turn
  /** The passage, with `deleted` for one of which no word came; null for a turn that began none. */
  passage: MessageRow | null
}

/**
 * Turns that ended but whose end could not be saved yet, because the disk was full or gone. They are read from here, and
 * saving is tried again until it works.
 */
export interface UnsavedTurns {
  /** Saves the end of a turn in a transaction, or keeps it here and throws what stood in the way. */
  save(ended: EndedTurn, work: () => void): void
  /** Says why the end of a turn is not saved. */
  setError(id: TurnId, error: Turn['error']): void
  passage(id: MessageId): MessageRow | undefined
  lastTurn(storyId: StoryId): Turn | undefined
  /** Saves what waits in a story; throws what still stands in the way. */
  saveWaiting(storyId: StoryId): void
  close(): void
}

export function createUnsavedTurns(ports: { stores: Stores; events: EventHub }): UnsavedTurns {
  const { stores, events } = ports
  const waiting = new Map<TurnId, EndedTurn & { write: () => void }>()
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

  return {
    save: (ended, work) => {
      const write = () => {
        stores.transaction(work)
        const ids = [ended.turn.storyId]
        events.changed({ topic: 'messages', ids }, { topic: 'turns', ids })
      }
      try {
        write()
      } catch (error) {
        waiting.set(ended.turn.id, { ...ended, write })
        timer ??= setTimeout(again, AGAIN_MS)
        throw error
      }
    },
    setError: (id, error) => {
      const one = waiting.get(id)
      if (one) waiting.set(id, { ...one, turn: { ...one.turn, state: 'failed', error } })
    },
    passage: (id) => [...waiting.values()].find(({ passage }) => passage?.id === id)?.passage ?? undefined,
    lastTurn: (storyId) => [...waiting.values()].find(({ turn }) => turn.storyId === storyId)?.turn,
    saveWaiting: (storyId) => {
      for (const [id, { turn, write }] of waiting)
        if (turn.storyId === storyId) {
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
