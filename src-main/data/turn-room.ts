import type { StoryId, TurnId } from '@contract/ids'
import { z } from 'zod'
import type { Db } from './database'
import { pack, WORTH_PACKING } from './packed-text'

/** What is kept of all turns: how much room it takes, and how it comes to take less. Each call does a small part. */
export interface TurnRoom {
  /** Turns of which something is kept, and the bytes that they take. */
  used(): { turns: number; bytes: number }
  /** Packs a little of what is not packed yet, but for turns that run and steps that cannot be read; false when nothing is left. */
  packSome(): boolean
  /**
   * Removes a few of the oldest turns beyond the newest `keep`, but for those that run and the newest of each story: the
   * story still says how that one ended, and it can be taken again. Returns the stories they were of.
   */
  removeOldest(keep: number): StoryId[]
  /** Empties a few turns that do not run, however new they are. Returns the stories they were of. */
  emptySome(): StoryId[]
  /**
   * Removes messages of a story that no step names any more, among a few after `seq`; returns the last one that was looked
   * at, or null when none is left.
   */
  removeUnnamed(storyId: StoryId, seq: number): number | null
}

/** Rows that are done at once. */
const AT_ONCE = 4
const MESSAGES_AT_ONCE = 200

const Ranges = z.array(z.tuple([z.number(), z.number()]))

export function createTurnRoom(db: Db): TurnRoom {
  const bytes = db.prepare<[], { bytes: number }>(
    `SELECT (SELECT ifnull(sum(size), 0) FROM sent_messages) + (SELECT ifnull(sum(size), 0) FROM turn_steps) AS bytes`
  )
  const turns = db.prepare<[], { turns: number }>('SELECT count(DISTINCT turn_id) AS turns FROM turn_steps')
  const message = db.prepare<[], { seq: number; content: string }>(
    `SELECT seq, content FROM sent_messages WHERE packed IS NULL AND octet_length(content) > ${WORTH_PACKING} LIMIT 1`
  )
  const packMessage = db.prepare<[Buffer, number]>("UPDATE sent_messages SET packed = ?, content = '' WHERE seq = ?")
  const step = db.prepare<
    [],
    { turn_id: TurnId; position: number; sent: string; answer: string; reasoning: string; result: string | null }
  >(
    `SELECT turn_id, position, sent, answer, reasoning, result FROM turn_steps
     WHERE packed IS NULL AND json_valid(sent) AND turn_id NOT IN (SELECT id FROM turns WHERE state = 'running') LIMIT 1`
  )
  // Which messages a step sent stays readable for statements.
  const packStep = db.prepare<[{ id: TurnId; position: number; packed: Buffer }]>(
    `UPDATE turn_steps SET packed = @packed, answer = '', reasoning = '', result = NULL,
       sent = json_object('version', json_extract(sent, '$.version'),
         'value', json_object('messages', json_extract(sent, '$.value.messages')))
     WHERE turn_id = @id AND position = @position`
  )
  const beyond = db.prepare<[number], { seq: number }>('SELECT seq FROM turns ORDER BY seq DESC LIMIT 1 OFFSET ?')
  const removeOldest = db.prepare<[{ seq: number; most: number }], { storyId: StoryId }>(
    `DELETE FROM turns WHERE seq IN (
       SELECT seq FROM turns t WHERE seq <= @seq AND state <> 'running'
         AND EXISTS (SELECT 1 FROM turns newer WHERE newer.story_id = t.story_id AND newer.seq > t.seq
           AND newer.alone_of IS NULL)
       ORDER BY seq LIMIT @most) RETURNING story_id AS storyId`
  )
  const emptied = db.prepare<[number], { id: TurnId; storyId: StoryId }>(
    `SELECT t.id, t.story_id AS storyId FROM turns t
     WHERE t.state <> 'running' AND EXISTS (SELECT 1 FROM turn_steps s WHERE s.turn_id = t.id) LIMIT ?`
  )
  const empty = db.prepare<[TurnId]>('DELETE FROM turn_steps WHERE turn_id = ?')
  const ranges = db.prepare<[StoryId], { messages: string | null }>(
    `SELECT json_extract(s.sent, '$.value.messages') AS messages FROM turns t JOIN turn_steps s ON s.turn_id = t.id
     WHERE t.story_id = ? AND json_valid(s.sent)`
  )
  const messages = db
    .prepare<[StoryId, number, number], number>(
      'SELECT seq FROM sent_messages WHERE story_id = ? AND seq > ? ORDER BY seq LIMIT ?'
    )
    .pluck()
  const removeMessage = db.prepare<[number]>('DELETE FROM sent_messages WHERE seq = ?')

  const packMessageNext = (): boolean => {
    const found = message.get()
    if (found) packMessage.run(pack(found.content), found.seq)
    return found !== undefined
  }
  const packStepNext = (): boolean => {
    const found = step.get()
    if (!found) return false
    const { turn_id: id, position, ...said } = found
    packStep.run({ id, position, packed: pack(JSON.stringify(said)) })
    return true
  }
  return {
    used: () => ({ turns: turns.get()?.turns ?? 0, bytes: bytes.get()?.bytes ?? 0 }),
    packSome: () => packMessageNext() || packStepNext(),
    removeOldest: (keep) => {
      const oldest = beyond.get(keep)
      return oldest ? removeOldest.all({ seq: oldest.seq, most: AT_ONCE }).map(({ storyId }) => storyId) : []
    },
    emptySome: () =>
      emptied.all(AT_ONCE).map(({ id, storyId }) => {
        empty.run(id)
        return storyId
      }),
    removeUnnamed: (storyId, seq) => {
      const some = messages.all(storyId, seq, MESSAGES_AT_ONCE)
      const [from, to] = [some[0], some.at(-1)]
      if (from === undefined || to === undefined) return null
      const named = new Set<number>()
      for (const row of ranges.all(storyId))
        for (const [first, last] of Ranges.parse(JSON.parse(row.messages ?? '[]')))
          for (let one = Math.max(first, from); one <= Math.min(last, to); one += 1) named.add(one)
      for (const one of some) if (!named.has(one)) removeMessage.run(one)
      return to
    },
  }
}
