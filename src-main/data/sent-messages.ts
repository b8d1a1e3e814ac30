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
  // By `digest` as it stands in the JSON of `digests`: all of a prompt's messages at once.
  const find = db.prepare<[{ storyId: StoryId; digests: string }], { digest: string; seq: number }>(
    `SELECT value AS digest, seq FROM json_each(@digests)
     CROSS JOIN sent_messages ON story_id = @storyId AND sent_messages.digest = unhex(value)`
  )
  const insert = db.prepare<[StoryId, Buffer, PromptMessage['role'], string]>(
    'INSERT INTO sent_messages (story_id, digest, role, content) VALUES (?, ?, ?, ?)'
  )
  const read = db.prepare<[number, number], PromptMessage & { packed: Buffer | null }>(
    'SELECT role, content, packed FROM sent_messages WHERE seq BETWEEN ? AND ? ORDER BY seq'
  )
  return {
    keep: (storyId, messages) => {
      const asked = messages.map((message) => ({ ...message, key: digestOf(message).toString('hex') }))
      const digests = JSON.stringify(asked.map(({ key }) => key))
      const kept = new Map(find.all({ storyId, digests }).map(({ digest, seq }) => [digest, seq]))
      const ranges: MessageRanges = []
      for (const { role, content, key } of asked) {
        const made = () => Number(insert.run(storyId, Buffer.from(key, 'hex'), role, content).lastInsertRowid)
        const seq = kept.get(key) ?? made()
        // The same message may stand twice in a prompt.
        kept.set(key, seq)
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
