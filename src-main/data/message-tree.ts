import type { MessageAuthor } from '@contract/entities/story'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from './database'

/** Where a passage stands: `depth` passages stand before it, deleted ones too. */
export interface Place {
  id: MessageId
  parentId: MessageId | null
  depth: number
  deleted: boolean
}

/**
 * Walks through the tree of passages without reading their texts. Each passage knows the one before it and one far
 * before it (`jump_id`, at the depth that is left when the lowest set bit of its own is cleared), so that any place of a
 * path is found in a number of steps that grows with the logarithm of its length squared.
 */
export interface MessageTree {
  place(id: MessageId): Place | null
  /** The passage at a depth of the path that ends at `from`; null when the path is shorter. */
  ancestorAt(from: MessageId, depth: number): MessageId | null
  /** The end of the branch that goes on from a passage: its newest child, that one's newest child, and so on. */
  leafOf(storyId: StoryId, id: MessageId): MessageId
  /** The depth and the jump of a passage that is to stand after another one. */
  below(parentId: MessageId | null): { depth: number; jumpId: MessageId | null }
  /** Those of one author at the same place, in the order they were made, without deleted ones. */
  alternatives(storyId: StoryId, parentId: MessageId | null, author: MessageAuthor): MessageId[]
  /** Every passage of a story, deleted ones too, each behind its parent and those of one place in the order they were made. */
  whole(storyId: StoryId): { id: MessageId; parentId: MessageId | null; deleted: boolean }[]
  /** All that stand right after any of `parentIds`, in the order they were made, without deleted ones. */
  after(storyId: StoryId, parentIds: readonly (MessageId | null)[]): Sibling[]
}

export interface Sibling {
  id: MessageId
  parentId: MessageId | null
  author: MessageAuthor
}

interface StoredPlace {
  id: MessageId
  parent_id: MessageId | null
  depth: number
  deleted: 0 | 1
}

/** The common table `path`: from a passage upwards, nearest first, as far as the depth `@least`. */
export const PATH = `path (id, parent_id, depth, deleted) AS (
  SELECT id, parent_id, depth, deleted_at IS NOT NULL FROM messages INDEXED BY messages_tree WHERE id = @from
  UNION ALL
  SELECT m.id, m.parent_id, m.depth, m.deleted_at IS NOT NULL
  FROM path CROSS JOIN messages m INDEXED BY messages_tree ON m.id = path.parent_id WHERE path.depth > @least
)`

export function createMessageTree(db: Db): MessageTree {
  const place = db.prepare<[MessageId], StoredPlace>(
    `SELECT id, parent_id, depth, deleted_at IS NOT NULL AS deleted FROM messages INDEXED BY messages_tree WHERE id = ?`
  )
  const ancestorAt = db.prepare<[{ from: MessageId; depth: number }], { id: MessageId }>(
    `WITH RECURSIVE walk (id, parent_id, depth, jump_id) AS (
       SELECT id, parent_id, depth, jump_id FROM messages INDEXED BY messages_tree WHERE id = @from
       UNION ALL
       SELECT m.id, m.parent_id, m.depth, m.jump_id FROM walk CROSS JOIN messages m INDEXED BY messages_tree
         ON m.id = iif(walk.depth & (walk.depth - 1) >= @depth, walk.jump_id, walk.parent_id)
       WHERE walk.depth > @depth
     )
     SELECT id FROM walk WHERE depth = @depth`
  )
  const newestChild = db.prepare<[StoryId, MessageId], { id: MessageId }>(
    'SELECT id FROM messages WHERE story_id = ? AND parent_id = ? ORDER BY deleted_at IS NOT NULL, seq DESC LIMIT 1'
  )
  const alternatives = db.prepare<[StoryId, MessageId | null, MessageAuthor], { id: MessageId }>(
    `SELECT id FROM messages WHERE story_id = ? AND parent_id IS ? AND author = ? AND deleted_at IS NULL ORDER BY seq`
  )

  const after = db.prepare<[{ storyId: StoryId; parents: string }], Sibling>(
    `SELECT id, parent_id AS parentId, author FROM messages
     WHERE story_id = @storyId AND parent_id IN (SELECT value FROM json_each(@parents)) AND deleted_at IS NULL
     ORDER BY seq`
  )
  const roots = db.prepare<[StoryId], Sibling>(
    `SELECT id, parent_id AS parentId, author FROM messages
     WHERE story_id = ? AND parent_id IS NULL AND deleted_at IS NULL ORDER BY seq`
  )

  const whole = db.prepare<[StoryId], { id: MessageId; parentId: MessageId | null; deleted: 0 | 1 }>(
    `SELECT id, parent_id AS parentId, deleted_at IS NOT NULL AS deleted FROM messages
     WHERE story_id = ? ORDER BY depth, seq`
  )

  const ancestor = (from: MessageId, depth: number): MessageId | null => ancestorAt.get({ from, depth })?.id ?? null

  return {
    place: (id) => {
      const found = place.get(id)
      return found
        ? { id: found.id, parentId: found.parent_id, depth: found.depth, deleted: found.deleted === 1 }
        : null
    },
    ancestorAt: ancestor,
    leafOf: (storyId, id) => {
      let leaf = id
      for (let child = newestChild.get(storyId, leaf); child; child = newestChild.get(storyId, leaf)) leaf = child.id
      return leaf
    },
    below: (parentId) => {
      const parent = parentId === null ? null : place.get(parentId)
      if (!parent) return { depth: 0, jumpId: null }
      const depth = parent.depth + 1
      return { depth, jumpId: ancestor(parent.id, depth & (depth - 1)) }
    },
    alternatives: (storyId, parentId, author) => alternatives.all(storyId, parentId, author).map(({ id }) => id),
    whole: (storyId) => whole.all(storyId).map((row) => ({ ...row, deleted: row.deleted === 1 })),
    after: (storyId, parentIds) => [
      ...(parentIds.includes(null) ? roots.all(storyId) : []),
      ...after.all({ storyId, parents: JSON.stringify(parentIds) }),
    ],
  }
}
