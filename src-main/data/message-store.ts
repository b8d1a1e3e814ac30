import { Authorship, type Message, type MessageAuthor, type MessageState } from '@contract/entities/story'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn } from './json-column'

/**
 * Passages form a tree: each names the one before it, the alternatives of a place have the same parent, and the story
 * shows the path that ends at its head. Nothing is ever rewritten to branch or to try again.
 */
export interface MessageRow {
  id: MessageId
  storyId: StoryId
  parentId: MessageId | null
  author: MessageAuthor
  text: string
  state: MessageState
  writtenBy: Authorship | null
  edited: boolean
  deleted: boolean
  createdAt: string
}

export interface MessageStore {
  get(id: MessageId): MessageRow | null
  /** The path that ends at `from`, nearest first, without deleted passages; at most `limit`. */
  pathFrom(from: MessageId | null, limit: number): MessageRow[]
  /** Passages that stand at the same place, in the order they were made, without deleted ones. */
  alternatives(row: MessageRow): MessageId[]
  /** How many passages a model has written right after another one, or at the beginning, deleted ones too. */
  countAfter(storyId: StoryId, parentId: MessageId | null): number
  /** The end of the branch that goes on from a passage: its newest child, that one's newest child, and so on. */
  leafOf(id: MessageId): MessageId
  insert(row: MessageRow): void
  /** Text, state, authorship, edited and deleted. */
  update(row: MessageRow, now: string): void
  remove(id: MessageId): void
  /** Adds to a passage that is being written. */
  append(id: MessageId, text: string): void
  /**
   * Marks as stopped what was being written when the app ended. A passage of which no word had come goes, and the story
   * ends with what stood there before.
   */
  settleInterrupted(): void
}

interface Stored {
  id: MessageId
  story_id: StoryId
  parent_id: MessageId | null
  author: MessageAuthor
  text: string
  state: MessageState
  written_by: string | null
  edited: 0 | 1
  deleted_at: string | null
  created_at: string
}

const authorshipColumn = jsonColumn(Authorship)

const fromStored = (row: Stored): MessageRow => ({
  id: row.id,
  storyId: row.story_id,
  parentId: row.parent_id,
  author: row.author,
  text: row.text,
  state: row.state,
  writtenBy: row.written_by === null ? null : authorshipColumn.decode(row.written_by),
  edited: row.edited === 1,
  deleted: row.deleted_at !== null,
  createdAt: row.created_at,
})

/** A passage as the renderer sees it. */
export const toMessage = (row: MessageRow, alternatives: MessageId[]): Message => ({
  id: row.id,
  storyId: row.storyId,
  author: row.author,
  text: row.text,
  state: row.state,
  writtenBy: row.writtenBy,
  edited: row.edited,
  alternatives,
  createdAt: row.createdAt,
})

export function createMessageStore(db: Db): MessageStore {
  const get = db.prepare<[MessageId], Stored>('SELECT * FROM messages WHERE id = ?')
  const path = db.prepare<[MessageId, number], Stored>(
    `WITH RECURSIVE path (id, parent_id) AS (
       SELECT id, parent_id FROM messages WHERE id = ?
       UNION ALL
       SELECT m.id, m.parent_id FROM messages m JOIN path ON m.id = path.parent_id
     )
     SELECT messages.* FROM path CROSS JOIN messages ON messages.id = path.id WHERE deleted_at IS NULL LIMIT ?`
  )
  const alternatives = db.prepare<[StoryId, MessageId | null, MessageAuthor], { id: MessageId }>(
    `SELECT id FROM messages WHERE story_id = ? AND parent_id IS ? AND author = ? AND deleted_at IS NULL ORDER BY seq`
  )
  const countAfter = db.prepare<[StoryId, MessageId | null], { n: number }>(
    "SELECT count(*) AS n FROM messages WHERE story_id = ? AND parent_id IS ? AND author = 'story'"
  )
  const newestChild = db.prepare<[StoryId, MessageId], { id: MessageId }>(
    'SELECT id FROM messages WHERE story_id = ? AND parent_id = ? ORDER BY deleted_at IS NOT NULL, seq DESC LIMIT 1'
  )
  const insert = db.prepare<[Stored]>(
    `INSERT INTO messages (id, story_id, parent_id, author, text, state, written_by, edited, deleted_at, created_at)
     VALUES (@id, @story_id, @parent_id, @author, @text, @state, @written_by, @edited, @deleted_at, @created_at)`
  )
  const update = db.prepare<[Pick<Stored, 'id' | 'text' | 'state' | 'written_by' | 'edited' | 'deleted_at'>]>(
    `UPDATE messages SET text = @text, state = @state, written_by = @written_by, edited = @edited,
       deleted_at = @deleted_at WHERE id = @id`
  )
  const remove = db.prepare<[MessageId]>('DELETE FROM messages WHERE id = ?')
  const append = db.prepare<[string, MessageId]>('UPDATE messages SET text = text || ? WHERE id = ?')
  const wordless = db.prepare<[], Stored>("SELECT * FROM messages WHERE state = 'streaming' AND text = ''")
  const moveHead = db.prepare<[MessageId | null, MessageId]>('UPDATE stories SET head_id = ? WHERE head_id = ?')
  const settle = db.prepare("UPDATE messages SET state = 'stopped' WHERE state = 'streaming'")
  const encode = (value: Authorship | null) => (value ? authorshipColumn.encode(value) : null)

  const leafOf = (id: MessageId): MessageId => {
    const story = get.get(id)?.story_id
    if (story === undefined) return id
    let leaf = id
    for (let child = newestChild.get(story, leaf); child; child = newestChild.get(story, leaf)) leaf = child.id
    return leaf
  }

  return {
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    pathFrom: (from, limit) => (from === null ? [] : path.all(from, limit).map(fromStored)),
    alternatives: (row) => alternatives.all(row.storyId, row.parentId, row.author).map(({ id }) => id),
    countAfter: (storyId, parentId) => countAfter.get(storyId, parentId)?.n ?? 0,
    leafOf,
    insert: (row) =>
      void insert.run({
        id: row.id,
        story_id: row.storyId,
        parent_id: row.parentId,
        author: row.author,
        text: row.text,
        state: row.state,
        written_by: encode(row.writtenBy),
        edited: row.edited ? 1 : 0,
        deleted_at: null,
        created_at: row.createdAt,
      }),
    update: (row, now) =>
      void update.run({
        id: row.id,
        text: row.text,
        state: row.state,
        written_by: encode(row.writtenBy),
        edited: row.edited ? 1 : 0,
        deleted_at: row.deleted ? now : null,
      }),
    remove: (id) => void remove.run(id),
    append: (id, text) => void append.run(text, id),
    settleInterrupted: () =>
      db.transaction(() => {
        for (const { id, story_id, parent_id, author } of wordless.all()) {
          const beside = alternatives.all(story_id, parent_id, author).filter((other) => other.id !== id)
          const before = beside.at(-1)
          moveHead.run(before ? leafOf(before.id) : parent_id, id)
          remove.run(id)
        }
        settle.run()
      })(),
  }
}
