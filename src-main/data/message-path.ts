import type { MessageId } from '@contract/ids'
import type { Db } from './database'
import type { MessageRow } from './message-store'
import { PATH } from './message-tree'

/** What a prompt says of a passage. */
export type PathText = Pick<MessageRow, 'id' | 'author' | 'text'>

/** What a passage takes of a model's window; tokens as they are estimated. */
export interface PathSize {
  id: MessageId
  tokens: number
}

/** What a story says up to a passage, without deleted passages, nearest first; nothing but what is asked for is read. */
export interface MessagePath {
  /** At most `limit`. */
  texts(from: MessageId | null, limit: number): PathText[]
  /** Measured as far as it is asked for. Nothing can be written until that ends. */
  sizes(from: MessageId | null): Iterable<PathSize>
  /** How many there are. */
  length(from: MessageId | null): number
  /** How many of them the story wrote. */
  told(from: MessageId | null): number
}

export function createMessagePath(db: Db): MessagePath {
  const texts = db.prepare<[{ from: MessageId; least: number; limit: number }], PathText>(
    `WITH RECURSIVE ${PATH}, shown AS (SELECT id FROM path WHERE NOT deleted LIMIT @limit)
     SELECT messages.id, author, text FROM shown CROSS JOIN messages ON messages.id = shown.id`
  )
  const sizes = db.prepare<[{ from: MessageId; least: number }], PathSize>(
    `WITH RECURSIVE ${PATH}
     SELECT m.id, coalesce(m.tokens, (SELECT estimate_tokens(text) FROM messages WHERE messages.id = path.id)) AS tokens
     FROM path CROSS JOIN messages m INDEXED BY messages_tree ON m.id = path.id WHERE NOT path.deleted`
  )
  const length = db.prepare<[{ from: MessageId; least: number }], { n: number }>(
    `WITH RECURSIVE ${PATH} SELECT count(*) AS n FROM path WHERE NOT deleted`
  )
  const told = db.prepare<[{ from: MessageId; least: number }], { n: number }>(
    `WITH RECURSIVE ${PATH}
     SELECT count(*) AS n FROM path CROSS JOIN messages ON messages.id = path.id
     WHERE NOT path.deleted AND messages.author = 'story'`
  )
  return {
    texts: (from, limit) => (from === null ? [] : texts.all({ from, least: 0, limit })),
    sizes: (from) => (from === null ? [] : sizes.iterate({ from, least: 0 })),
    length: (from) => (from === null ? 0 : (length.get({ from, least: 0 })?.n ?? 0)),
    told: (from) => (from === null ? 0 : (told.get({ from, least: 0 })?.n ?? 0)),
  }
}
