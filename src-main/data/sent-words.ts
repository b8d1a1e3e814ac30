import type { MessageId, StoryId, TurnId } from '@contract/ids'
import type { Db } from './database'
import { digestOf } from './sent-messages'

/** What was sent to models, and what they answered, of things that are removed for good. */
export interface SentWords {
  /** Forgets the turn that wrote a passage, and takes the words of the passage out of what other turns sent. */
  forgetPassage(id: MessageId): void
  /** Removes a small part of what the turns of a story sent and got; false when nothing is left. */
  removePart(storyId: StoryId): boolean
}

export function createSentWords(db: Db): SentWords {
  const words = db.prepare<[{ id: MessageId }], { storyId: StoryId; author: 'writer' | 'story'; text: string }>(
    `SELECT story_id AS storyId, author, text FROM messages WHERE id = @id
     UNION ALL
     SELECT m.story_id, m.author, v.text FROM message_versions v JOIN messages m ON m.id = v.message_id
     WHERE v.message_id = @id`
  )
  const turnsOf = db.prepare<[MessageId], { id: TurnId }>('SELECT id FROM turns WHERE message_id = ?')
  // The last message of a later step carries what the steps before it made of the passage.
  const emptyHandedOn = db.prepare<[TurnId]>(
    `UPDATE sent_messages SET content = '', packed = NULL WHERE seq IN (
       SELECT json_extract(sent, '$.value.messages[#-1][1]') FROM turn_steps WHERE turn_id = ? AND position > 0
     )`
  )
  const emptySent = db.prepare<[StoryId, Buffer]>(
    "UPDATE sent_messages SET content = '', packed = NULL WHERE story_id = ? AND digest = ?"
  )
  const removeTurn = db.prepare<[TurnId]>('DELETE FROM turns WHERE id = ?')
  const parts = [
    `DELETE FROM sent_messages WHERE seq IN (SELECT seq FROM sent_messages WHERE story_id = ? LIMIT 8)`,
    `DELETE FROM turns WHERE seq IN (SELECT seq FROM turns WHERE story_id = ? LIMIT 4)`,
  ].map((sql) => db.prepare<[StoryId]>(sql))

  return {
    forgetPassage: (id) => {
      for (const { storyId, author, text } of words.all({ id }))
        emptySent.run(storyId, digestOf({ role: author === 'writer' ? 'user' : 'assistant', content: text }))
      for (const turn of turnsOf.all(id)) {
        emptyHandedOn.run(turn.id)
        removeTurn.run(turn.id)
      }
    },
    removePart: (storyId) => parts.some((part) => part.run(storyId).changes > 0),
  }
}
