import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from './database'
import type { MessageRow } from './message-store'
import { PATH, type MessageTree } from './message-tree'

/** What a prompt says of a passage. */
export type PathText = Pick<MessageRow, 'id' | 'author' | 'text'>

/** What a passage takes of a model's window; tokens as they are estimated. */
export interface PathSize {
  id: MessageId
  parentId: MessageId | null
  tokens: number
}

/** Of so many deleted passages each is asked whether it is on a path; where a story has more, its path is walked. */
const MOST_DELETED = 64

/** What a story says up to a passage, without deleted passages, nearest first; nothing but what is asked for is read. */
export interface MessagePath {
  /** At most `limit`. */
  texts(from: MessageId | null, limit: number): PathText[]
  /** At most `limit`. */
  sizes(from: MessageId | null, limit: number): PathSize[]
  /** How many there are. */
  length(from: MessageId | null): number
  /** How many of them the story wrote. */
  told(from: MessageId | null): number
}

export function createMessagePath(db: Db, tree: Pick<MessageTree, 'ancestorAt'>): MessagePath {
  const texts = db.prepare<[{ from: MessageId; least: number; limit: number }], PathText>(
    `WITH RECURSIVE ${PATH}, shown AS (SELECT id FROM path WHERE NOT deleted LIMIT @limit)
     SELECT messages.id, author, text FROM shown CROSS JOIN messages ON messages.id = shown.id`
  )
  const sizes = db.prepare<[{ from: MessageId; least: number; limit: number }], PathSize>(
    `WITH RECURSIVE ${PATH}
     SELECT m.id, m.parent_id AS parentId, coalesce(m.tokens, (SELECT estimate_tokens(text) FROM messages WHERE messages.id = path.id)) AS tokens
     FROM path CROSS JOIN messages m INDEXED BY messages_tree ON m.id = path.id WHERE NOT path.deleted LIMIT @limit`
  )
  const length = db.prepare<[{ from: MessageId; least: number }], { n: number }>(
    `WITH RECURSIVE ${PATH} SELECT count(*) AS n FROM path WHERE NOT deleted`
  )
  const told = db.prepare<[{ from: MessageId; least: number }], { n: number }>(
    `WITH RECURSIVE ${PATH}
     SELECT count(*) AS n FROM path CROSS JOIN messages m INDEXED BY messages_tree ON m.id = path.id
     WHERE NOT path.deleted AND m.author = 'story'`
  )
  const place = db.prepare<[MessageId], { storyId: StoryId; depth: number }>(
    'SELECT story_id AS storyId, depth FROM messages WHERE id = ?'
  )
  const deletedUpTo = db.prepare<[StoryId, number, number], { id: MessageId; depth: number }>(
    `SELECT id, depth FROM messages INDEXED BY messages_gone
     WHERE story_id = ? AND deleted_at IS NOT NULL AND depth <= ? LIMIT ?`
  )

  const lengthOf = (from: MessageId): number => {
    const end = place.get(from)
    if (!end) return 0
    const deleted = deletedUpTo.all(end.storyId, end.depth, MOST_DELETED + 1)
    if (deleted.length > MOST_DELETED) return length.get({ from, least: 0 })?.n ?? 0
    return end.depth + 1 - deleted.filter(({ id, depth }) => tree.ancestorAt(from, depth) === id).length
  }

  return {
    texts: (from, limit) => (from === null ? [] : texts.all({ from, least: 0, limit })),
    sizes: (from, limit) => (from === null ? [] : sizes.all({ from, least: 0, limit })),
    length: (from) => (from === null ? 0 : lengthOf(from)),
    told: (from) => (from === null ? 0 : (told.get({ from, least: 0 })?.n ?? 0)),
  }
}
