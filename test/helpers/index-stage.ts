import { join } from 'node:path'
import type { MessageId, StoryId } from '@contract/ids'
import { openDatabase } from '@main/data/database'
import type { MessageRow } from '@main/data/message-store'
import { migrate } from '@main/data/migrator'
import { createStores } from '@main/data/stores'
import type { RecallInput } from '@main/memory/index-calls'
import { openIndex } from '@main/memory/index-service'
import { embedText } from '@main/providers/protocols/builtin/embed-text'
import { temporaryFolder } from './temporary-folder'
import { addPassage, addStory } from './test-stores'

export const OWN = { identity: 'own', ownDimensions: 512 }

/** The index on a real database and a file of its own, both in a folder that `close` removes. */
export function indexStage() {
  const folder = temporaryFolder()
  const files = { index: join(folder.path, 'memory.sqlite'), database: join(folder.path, 'fabula.sqlite') }
  const db = openDatabase(files.database)
  migrate(db, () => null)
  const stores = createStores(db)
  let index = openIndex(files)

  const takeUp = (storyId: StoryId) => {
    index.begin({ storyId })
    for (let left = true; left;) {
      const { done, passages } = index.takeUp({ ms: 1000 })
      left = done < passages
    }
  }
  return {
    db,
    stores,
    files,
    index: () => index,
    reopen: () => {
      index.close()
      index = openIndex(files)
    },
    reopenAfterClose: () => {
      index = openIndex(files)
    },
    story: (...texts: string[]) => {
      const id = addStory(stores)
      const rows: MessageRow[] = []
      for (const text of texts) rows.push(addPassage(stores, id, rows.at(-1)?.id ?? null, { text }))
      return { id, rows, head: rows.at(-1)?.id ?? null }
    },
    takeUp,
    /** Takes a story up with vectors of the embedder that comes with Fabula. */
    remember: (storyId: StoryId) => {
      takeUp(storyId)
      index.beginVectors({ storyId, embedder: OWN.identity })
      while (index.makeVectors({ ms: 1000, dimensions: OWN.ownDimensions }).waiting > 0);
    },
    recall: (storyId: StoryId, headId: MessageId | null, query: string, more: Partial<RecallInput> = {}) =>
      index.recall({
        storyId,
        headId,
        others: [],
        queries: [{ text: query, vector: null }],
        embedder: null,
        limit: 5,
        leaveOut: [],
        ...more,
      }),
    /** The passages of a story whose vectors are nearest, without the words. */
    nearest: (storyId: StoryId, query: string): MessageId[] => {
      const dimensions = OWN.ownDimensions
      const all = db
        .prepare<[StoryId], { id: MessageId; text: string }>('SELECT id, text FROM messages WHERE story_id = ?')
        .all(storyId)
      const goal = embedText(query, dimensions)
      const near = (text: string) =>
        embedText(text, dimensions).reduce((sum, value, at) => sum + value * (goal[at] ?? 0), 0)
      return all
        .map(({ id, text }) => ({ id, score: near(text) }))
        .toSorted((a, b) => b.score - a.score)
        .map(({ id }) => id)
    },
    close: () => {
      index.close()
      db.close()
      folder.remove()
    },
  }
}
