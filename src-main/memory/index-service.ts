import type { StoryId } from '@contract/ids'
import { openDatabaseForReading, type Db } from '@main/data/database'
import { isDamage, openIndexFile, removeIndexFile } from '@main/data/index-file'
import type { IndexAnswers } from './index-calls'
import { INDEX_SCHEMA, INDEX_VERSION } from './index-schema'
import { createPassageIndex } from './passage-index'
import { createRetrieval } from './retrieval'
import { createStoryText } from './story-text'
import { createVectorIndex } from './vector-index'
import { createVectorSets } from './vector-sets'

interface Files {
  index: string
  database: string
}

/** All that the thread of the index does, on the index's own file and on the database, which it only reads. */
export function openIndex(files: Files): IndexAnswers & { close(): void } {
  const db = openIndexFile(files.index, INDEX_VERSION, INDEX_SCHEMA)
  try {
    return serve(db, files)
  } catch (error) {
    db.close()
    if (!isDamage(error)) throw error
    removeIndexFile(files.index)
    return serve(openIndexFile(files.index, INDEX_VERSION, INDEX_SCHEMA), files)
  }
}

function serve(db: Db, files: Files): IndexAnswers & { close(): void } {
  const database = openDatabaseForReading(files.database)
  const text = createStoryText(database)
  const sets = createVectorSets(db)
  const passages = createPassageIndex(db, text, sets)
  const vectors = createVectorIndex(db, text, sets)
  const recall = createRetrieval(db, text, { sets, vectors })
  const count = db.prepare<
    [{ story: StoryId; embedder: string | null }],
    { passages: number; chunks: number; vectors: number }
  >(
    `SELECT passages,
       (SELECT ifnull(sum(chunks), 0) FROM tallies WHERE story = stories.seq) AS chunks,
       (SELECT ifnull(sum(chunks), 0) FROM tallies JOIN embedders ON embedders.id = embedder
          WHERE story = stories.seq AND identity = @embedder) AS vectors
     FROM stories WHERE id = @story`
  )
  return {
    begin: ({ storyId }) => passages.begin(storyId),
    takeUp: ({ ms }) => passages.takeUp(ms),
    beginVectors: ({ storyId, embedder }) => vectors.begin(storyId, embedder),
    nextTexts: ({ count: most }) => vectors.nextTexts(most),
    keepVectors: ({ vectors: made }) => vectors.keep(made),
    makeVectors: ({ ms, dimensions }) => vectors.make(ms, dimensions),
    warm: ({ storyId, embedder }) => {
      vectors.warm(storyId, embedder)
      return null
    },
    recall,
    count: ({ storyId, embedder }) => count.get({ story: storyId, embedder }) ?? { passages: 0, chunks: 0, vectors: 0 },
    forget: ({ storyId }) => {
      passages.forget(storyId)
      return null
    },
    tidy: () => {
      passages.tidy()
      return null
    },
    close: () => {
      sets.close()
      database.close()
      db.close()
    },
  }
}
