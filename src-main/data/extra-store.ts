import type { MessageId, StoryId } from '@contract/ids'
import { JsonObject } from '@contract/values'
import type { Db } from './database'
import { jsonColumn } from './json-column'

/** What stories and passages from files of other programs had there and have no place for here, to be written back. */
export interface ExtraStore {
  ofStory(id: StoryId): JsonObject
  setStory(id: StoryId, extra: JsonObject): void
  ofMessage(id: MessageId): JsonObject
  setMessage(id: MessageId, extra: JsonObject): void
}

const column = jsonColumn(JsonObject, { otherwise: {} })

export function createExtraStore(db: Db): ExtraStore {
  const ofStory = db.prepare<[StoryId], { extra: string }>('SELECT extra FROM story_extras WHERE story_id = ?')
  const setStory = db.prepare<[StoryId, string]>('INSERT OR REPLACE INTO story_extras VALUES (?, ?)')
  const ofMessage = db.prepare<[MessageId], { extra: string }>('SELECT extra FROM message_extras WHERE message_id = ?')
  const setMessage = db.prepare<[MessageId, string]>('INSERT OR REPLACE INTO message_extras VALUES (?, ?)')
  const read = (row: { extra: string } | undefined) => (row ? column.decode(row.extra) : {})
  return {
    ofStory: (id) => read(ofStory.get(id)),
    setStory: (id, extra) => void setStory.run(id, column.encode(extra)),
    ofMessage: (id) => read(ofMessage.get(id)),
    setMessage: (id, extra) => void setMessage.run(id, column.encode(extra)),
  }
}
