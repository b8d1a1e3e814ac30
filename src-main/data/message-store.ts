import { Authorship, type Message, type MessageAuthor, type MessageState } from '@contract/entities/story'
import type { StoredPart } from '@contract/entities/unreadable'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'
import { createMessagePath, type MessagePath } from './message-path'
import { createMessageTree, PATH, type MessageTree } from './message-tree'
import { createPassageBin, type PassageBin } from './passage-bin'

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
  unreadable?: StoredPart[]
  edited: boolean
  deleted: boolean
  createdAt: string
}

/** A passage with its place in the story: as many stand before it, deleted ones too. */
export interface PlacedMessage {
  row: MessageRow
  position: number
}

export interface MessageStore {
  tree: MessageTree
  path: MessagePath
  bin: PassageBin
  get(id: MessageId): MessageRow | null
  /** The path that ends at `from`, nearest first, without deleted passages; at most `limit`. */
  pathFrom(from: MessageId | null, limit: number): MessageRow[]
  /**
   * The places `first` to `last` of the path that ends at `head`, in reading order, without deleted passages. A place is
   * found wherever it is, and only the texts that are asked for are read.
   */
  page(head: MessageId, first: number, last: number): PlacedMessage[]
  /** The passages on those places of a path, in reading order, without deleted ones; reads no text. */
  shownBetween(head: MessageId, first: number, last: number): MessageId[]
  /** Copies a passage to a place of another story; one that is being written is stopped in the copy. */
  copy(id: MessageId, to: CopyPlace): void
  /** The last passage of the path that ends at `head` that was not deleted. */
  lastShown(head: MessageId): { id: MessageId; position: number } | null
  /** Passages that stand at the same place, in the order they were made, without deleted ones. */
  alternatives(row: Pick<MessageRow, 'storyId' | 'parentId' | 'author'>): MessageId[]
  /** How many passages a model has written right after another one, or at the beginning, deleted ones too. */
  countAfter(storyId: StoryId, parentId: MessageId | null): number
  /**
   * The end of the branch that goes on from a passage: where the writer left it (`leaveBranch`), else its newest child,
   * that one's newest child, and so on.
   */
  leafOf(id: MessageId): MessageId
  /** Remembers where the branch that goes on from a passage ended, for when the writer comes back to it. */
  leaveBranch(id: MessageId, head: MessageId): void
  insert(row: MessageRow): void
  /** Text, state, authorship, edited and deleted. */
  update(row: MessageRow, now: string): void
  /** What the writer made of a passage, or took back of it. */
  setText(id: MessageId, words: { text: string; edited: boolean; writtenAt: string }): void
  /** When a passage came to say what it says now. */
  writtenAt(id: MessageId): string | null
  remove(id: MessageId): void
  /** Adds to a passage that is being written. */
  append(id: MessageId, text: string): void
  /**
   * Marks as stopped what was being written when the app ended. A passage of which no word had come goes, and the story
   * ends with what stood there before.
   */
  stopInterrupted(): void
}

/** Where a copy of a passage stands. */
export interface CopyPlace {
  id: MessageId
  storyId: StoryId
  parentId: MessageId | null
  depth: number
  jumpId: MessageId | null
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
  depth: number
}

const authorshipColumn = jsonColumn(Authorship, { otherwise: null })

function fromStored(row: Stored): MessageRow {
  const reader = rowReader()
  return {
    id: row.id,
    storyId: row.story_id,
    parentId: row.parent_id,
    author: row.author,
    text: row.text,
    state: row.state,
    writtenBy: row.written_by === null ? null : reader.read('authorship', authorshipColumn, row.written_by),
    edited: row.edited === 1,
    deleted: row.deleted_at !== null,
    createdAt: row.created_at,
    ...reader.note(),
  }
}

/** A passage as the renderer sees it. */
export const toMessage = (
  { row, position }: PlacedMessage,
  more: Pick<Message, 'versions' | 'alternatives' | 'chapterEnd' | 'goesOn'>
): Message => ({
  id: row.id,
  storyId: row.storyId,
  position,
  author: row.author,
  text: row.text,
  state: row.state,
  writtenBy: row.writtenBy,
  ...(row.unreadable ? { unreadable: row.unreadable } : {}),
  edited: row.edited,
  ...more,
  createdAt: row.createdAt,
})

export function createMessageStore(db: Db): MessageStore {
  const tree = createMessageTree(db)
  const get = db.prepare<[MessageId], Stored>('SELECT * FROM messages WHERE id = ?')
  const path = db.prepare<[{ from: MessageId; least: number; limit: number }], Stored>(
    `WITH RECURSIVE ${PATH}
     SELECT messages.* FROM path CROSS JOIN messages ON messages.id = path.id WHERE NOT path.deleted LIMIT @limit`
  )
  const lastShown = db.prepare<[{ from: MessageId; least: number }], { id: MessageId; position: number }>(
    `WITH RECURSIVE ${PATH} SELECT id, depth AS position FROM path WHERE NOT deleted LIMIT 1`
  )
  const shownBetween = db
    .prepare<[{ from: MessageId; least: number }], MessageId>(
      `WITH RECURSIVE ${PATH} SELECT id FROM path WHERE NOT deleted`
    )
    .pluck()
  const copy = db.prepare<[CopyPlace & { from: MessageId }]>(
    `INSERT INTO messages (id, story_id, parent_id, author, text, state, written_by, edited, deleted_at, created_at,
       depth, jump_id, tokens)
     SELECT @id, @storyId, @parentId, author, text, iif(state = 'streaming', 'stopped', state), written_by, edited, NULL,
       created_at, @depth, @jumpId, ifnull(tokens, estimate_tokens(text)) FROM messages WHERE id = @from`
  )
  const countAfter = db.prepare<[StoryId, MessageId | null], { n: number }>(
    "SELECT count(*) AS n FROM messages WHERE story_id = ? AND parent_id IS ? AND author = 'story'"
  )
  const resume = db.prepare<[MessageId], { story_id: StoryId; resume_id: MessageId | null }>(
    'SELECT story_id, resume_id FROM messages WHERE id = ?'
  )
  const leaveBranch = db.prepare<[MessageId, MessageId]>('UPDATE messages SET resume_id = ? WHERE id = ?')
  const insert = db.prepare<[Stored & { jump_id: MessageId | null }]>(
    `INSERT INTO messages (id, story_id, parent_id, author, text, state, written_by, edited, deleted_at, created_at,
       depth, jump_id, tokens)
     VALUES (@id, @story_id, @parent_id, @author, @text, @state, @written_by, @edited, @deleted_at, @created_at,
       @depth, @jump_id, iif(@state = 'streaming', NULL, estimate_tokens(@text)))`
  )
  const update = db.prepare<[Pick<Stored, 'id' | 'text' | 'state' | 'written_by' | 'edited' | 'deleted_at'>]>(
    `UPDATE messages SET text = @text, state = @state, written_by = @written_by, edited = @edited,
       deleted_at = @deleted_at, tokens = estimate_tokens(@text) WHERE id = @id`
  )
  const setText = db.prepare<[{ id: MessageId; text: string; edited: 0 | 1; writtenAt: string }]>(
    `UPDATE messages SET text = @text, edited = @edited, edited_at = @writtenAt, tokens = estimate_tokens(@text)
     WHERE id = @id`
  )
  const writtenAt = db.prepare<[MessageId], { at: string }>(
    'SELECT ifnull(edited_at, created_at) AS at FROM messages WHERE id = ?'
  )
  const remove = db.prepare<[MessageId]>('DELETE FROM messages WHERE id = ?')
  const append = db.prepare<[string, MessageId]>('UPDATE messages SET text = text || ? WHERE id = ?')
  const wordless = db.prepare<[], Stored>("SELECT * FROM messages WHERE state = 'streaming' AND text = ''")
  const moveHead = db.prepare<[MessageId | null, MessageId]>('UPDATE stories SET head_id = ? WHERE head_id = ?')
  const stopStreaming = db.prepare(
    "UPDATE messages SET state = 'stopped', tokens = estimate_tokens(text) WHERE state = 'streaming'"
  )
  const authorship = db.prepare<[MessageId], Pick<Stored, 'written_by'>>('SELECT written_by FROM messages WHERE id = ?')

  const leafOf = (id: MessageId): MessageId => {
    const left = resume.get(id)
    if (!left) return id
    // It may have been taken back since: a passage of which no word came.
    if (left.resume_id !== null && tree.place(left.resume_id)) return left.resume_id
    return tree.leafOf(left.story_id, id)
  }

  return {
    tree,
    path: createMessagePath(db, tree),
    bin: createPassageBin(db),
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    pathFrom: (from, limit) => (from === null ? [] : path.all({ from, least: 0, limit }).map(fromStored)),
    page: (head, first, last) => {
      const from = tree.ancestorAt(head, last)
      if (from === null) return []
      return path
        .all({ from, least: first, limit: last - first + 1 })
        .map((row) => ({ row: fromStored(row), position: row.depth }))
        .toReversed()
    },
    shownBetween: (head, first, last) => {
      const from = tree.ancestorAt(head, last)
      return from === null ? [] : shownBetween.all({ from, least: first }).toReversed()
    },
    copy: (id, to) => void copy.run({ ...to, from: id }),
    lastShown: (head) => lastShown.get({ from: head, least: 0 }) ?? null,
    alternatives: (row) => tree.alternatives(row.storyId, row.parentId, row.author),
    countAfter: (storyId, parentId) => countAfter.get(storyId, parentId)?.n ?? 0,
    leafOf,
    leaveBranch: (id, head) => void leaveBranch.run(head, id),
    insert: (row) => {
      const { depth, jumpId } = tree.below(row.parentId)
      insert.run({
        depth,
        jump_id: jumpId,
        id: row.id,
        story_id: row.storyId,
        parent_id: row.parentId,
        author: row.author,
        text: row.text,
        state: row.state,
        written_by: row.writtenBy && authorshipColumn.encode(row.writtenBy),
        edited: row.edited ? 1 : 0,
        deleted_at: null,
        created_at: row.createdAt,
      })
    },
    update: (row, now) =>
      void update.run({
        id: row.id,
        text: row.text,
        state: row.state,
        written_by: authorshipColumn.encodeOver(row.writtenBy, authorship.get(row.id)?.written_by),
        edited: row.edited ? 1 : 0,
        deleted_at: row.deleted ? now : null,
      }),
    setText: (id, { text, edited, writtenAt: at }) =>
      void setText.run({ id, text, edited: edited ? 1 : 0, writtenAt: at }),
    writtenAt: (id) => writtenAt.get(id)?.at ?? null,
    remove: (id) => void remove.run(id),
    append: (id, text) => void append.run(text, id),
    stopInterrupted: () =>
      db.transaction(() => {
        for (const { id, story_id, parent_id, author } of wordless.all()) {
          const before = tree.alternatives(story_id, parent_id, author).findLast((other) => other !== id)
          moveHead.run(before ? leafOf(before) : parent_id, id)
          remove.run(id)
        }
        stopStreaming.run()
      })(),
  }
}
