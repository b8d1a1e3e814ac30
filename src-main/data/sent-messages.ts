import { createHash } from 'node:crypto'
import type { PromptMessage } from '@contract/entities/turn'
import type { StoryId } from '@contract/ids'
import type { Db } from './database'
import { unpack } from './packed-text'

/** Messages by the numbers under which they are kept, as `[first, last]` of each run of numbers. */
export type MessageRanges = [first: number, last: number][]

/**
 * Messages that were sent to models. One that is sent again takes no more room: a turn sends nearly what the one before
 * it did, and the numbers of a story's messages mostly follow one another.
 */
export interface SentMessages {
  keep(storyId: StoryId, messages: readonly PromptMessage[]): MessageRanges
  read(ranges: MessageRanges): PromptMessage[]
}

/** By what a message is found again. */
export const digestOf = ({ role, content }: PromptMessage): Buffer =>
  createHash('sha256').update(`${role}\n${content}`).digest().subarray(0, 16)

export function createSentMessages(db: Db): SentMessages {
  const find = db.prepare<[StoryId, Buffer], { seq: number }>(
    'SELECT seq FROM sent_messages WHERE story_id = ? AND digest = ?'
  )
  const insert = db.prepare<[StoryId, Buffer, PromptMessage['role'], string]>(
    'INSERT INTO sent_messages (story_id, digest, role, content) VALUES (?, ?, ?, ?)'
  )
  const read = db.prepare<[number, number], PromptMessage & { packed: Buffer | null }>(
    'SELECT role, content, packed FROM sent_messages WHERE seq BETWEEN ? AND ? ORDER BY seq'
  )
  const keepOne = (storyId: StoryId, message: PromptMessage): number => {
    const { role, content } = message
    const digest = digestOf(message)
    return find.get(storyId, digest)?.seq ?? Number(insert.run(storyId, digest, role, content).lastInsertRowid)
  }
  return {
    keep: (storyId, messages) => {
      const ranges: MessageRanges = []
      for (const message of messages) {
        const seq = keepOne(storyId, message)
        const last = ranges.at(-1)
        if (last?.[1] === seq - 1) last[1] = seq
        else ranges.push([seq, seq])
      }
      return ranges
    },
    read: (ranges) =>
      ranges.flatMap(([first, last]) =>
        read.all(first, last).map(({ role, content, packed }) => ({ role, content: packed ? unpack(packed) : content }))
      ),
  }
}
