import type { RecalledView } from '@contract/entities/turn-results'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import type { MessageId, TurnId } from '@contract/ids'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import { remarksOf } from './steps/guard-step'

/** What the writer sees and decides of how a passage came about. */
export interface PassageNotes {
  /** What was recalled for the passage of a turn, with its words as they stand now. */
  recalled(id: TurnId): RecalledView[]
  /** The writer keeps a passage although the Guard found contradictions in it. Throws `not_found`. */
  accept(id: MessageId): void
}

export function createPassageNotes({ stores, events }: { stores: Stores; events: EventHub }): PassageNotes {
  return {
    recalled: (id) =>
      stores.turns.steps(id).flatMap(({ result }) =>
        result?.kind === 'recalled'
          ? result.passages.map((passage): RecalledView => {
              const row = stores.messages.get(passage.messageId)
              const text = row && !row.deleted ? row.text.slice(passage.start, passage.end) : null
              return { ...passage, text: text === '' ? null : text }
            })
          : []
      ),
    accept: (id) => {
      const row = stores.messages.get(id)
      if (!row) throw new FabulaError(CommonError.NotFound, `There is no passage ${id}`, { details: { path: 'id' } })
      const { writtenBy } = row
      if (!writtenBy?.notes) return
      const notes = writtenBy.notes.map((note) =>
        note.kind === 'guard' && note.outcome === 'open' ? { ...note, outcome: 'accepted' as const } : note
      )
      stores.messages.update({ ...row, writtenBy: { ...writtenBy, notes } }, row.createdAt)
      events.changed({ topic: 'messages', ids: [row.storyId] })
    },
  }
}

/**
 * What is to be better in a passage: what the Guard still found, and the writer's own words. Throws `nothing_to_retry`
 * where neither says anything.
 */
export function wishesFor(stores: Stores, passage: MessageRow | undefined, word: string): string {
  const writtenBy = passage?.author === 'story' ? passage.writtenBy : null
  const checked = writtenBy?.notes?.find((note) => note.kind === 'guard')
  const turnId = checked?.turnId ?? writtenBy?.turnId
  const verdict =
    turnId === undefined ? undefined : stores.turns.steps(turnId).findLast(({ result }) => result?.kind === 'verdict')
  const contradictions = verdict?.result?.kind === 'verdict' ? verdict.result.contradictions : []
  const wishes = [word.trim(), remarksOf(contradictions)].filter((wish) => wish !== '').join('\n')
  if (!passage || wishes === '')
    throw new FabulaError(StoryError.NothingToRetry, 'Nothing says what is to be better in the passage')
  return wishes
}
