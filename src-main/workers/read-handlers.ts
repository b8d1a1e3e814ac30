import { createBatchFile } from '@main/data/batch-file'
import { createCallStore } from '@main/data/call-store'
import type { Db } from '@main/data/database'
import { ledgerFile } from '@main/data/ledger-file'
import type { SearchIndex } from '@main/data/search-index'
import { createStorySearcher } from '@main/data/story-search'
import { readQuestions, type ReadAnswer, type ReadInput, type ReadName } from './read-questions'

/** Milliseconds in which a search takes in what was written just before it. */
const CATCH_UP_MS = 200
/** Milliseconds of work between two looks at what else is asked. */
const SLICE_MS = 20

type Handlers = {
  [Name in ReadName]: (input: ReadInput<Name>, signal: AbortSignal) => ReadAnswer<Name> | Promise<ReadAnswer<Name>>
}

/** Answers what the read thread is asked (read-questions.ts). */
export function createReadHandlers(db: Db, index: SearchIndex) {
  const searcher = createStorySearcher(db, index)
  const calls = createCallStore(db)
  const batchFile = createBatchFile(db)
  const handlers: Handlers = {
    'stories.search': async ({ text }, signal) => {
      const { waiting } = index.takeIn(CATCH_UP_MS)
      return { ...(await searcher.search(text, signal)), waiting }
    },
    'stories.searchPlaces': (input) => searcher.places(input),
    'stories.takeIn': async ({ milliseconds }, signal) => {
      const end = performance.now() + milliseconds
      let progress = index.takeIn(Math.min(SLICE_MS, milliseconds))
      while (progress.waiting > 0 && performance.now() < end) {
        // A search that is asked meanwhile comes first.
        await new Promise((resolve) => setImmediate(resolve))
        signal.throwIfAborted()
        progress = index.takeIn(SLICE_MS)
      }
      return progress
    },
    'usage.summary': ({ by, ...period }) => calls.summary(period, by),
    'usage.csv': (period) => ledgerFile(calls, period),
    'batches.file': ({ id, form, after }) => batchFile(id, form, after),
  }

  return async <Name extends ReadName>(name: Name, input: unknown, signal: AbortSignal): Promise<ReadAnswer<Name>> =>
    // The input was parsed by this question's own schema, whose type its handler takes.
    handlers[name](readQuestions[name].input.parse(input) as ReadInput<Name>, signal)
}
