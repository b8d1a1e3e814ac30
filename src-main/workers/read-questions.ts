import { z } from 'zod'
import { BatchFilePart, BatchForm } from '@contract/entities/batch'
import { StorySearch, SearchPlace } from '@contract/entities/search'
import { UsageGroup, UsageRow } from '@contract/entities/usage'
import { BatchId, StoryId } from '@contract/ids'
import { Timestamp } from '@contract/values'

const period = { from: Timestamp, to: Timestamp }

/** What the read thread can be asked: reads that take longer than a few milliseconds where there is much to read. */
export const readQuestions = {
  'stories.search': { input: z.strictObject({ text: z.string() }), answer: StorySearch },
  'stories.searchPlaces': {
    input: z.strictObject({ text: z.string(), storyId: StoryId, first: z.number(), limit: z.number() }),
    answer: z.array(SearchPlace),
  },
  /** Takes texts into the search for at most so many milliseconds. */
  'stories.takeIn': {
    input: z.strictObject({ milliseconds: z.number() }),
    answer: z.strictObject({ waiting: z.number(), doneTo: z.number() }),
  },
  'usage.summary': { input: z.strictObject({ ...period, by: UsageGroup }), answer: z.array(UsageRow) },
  /** The ledger as a CSV file. */
  'usage.csv': { input: z.strictObject(period), answer: z.string() },
  /** A part of a batch as a file, behind the row `after`. */
  'batches.file': {
    input: z.strictObject({ id: BatchId, form: BatchForm, after: z.number() }),
    answer: BatchFilePart,
  },
}

export type ReadQuestions = typeof readQuestions
export type ReadName = keyof ReadQuestions
export type ReadInput<Name extends ReadName> = z.output<ReadQuestions[Name]['input']>
export type ReadAnswer<Name extends ReadName> = z.output<ReadQuestions[Name]['answer']>

/** What goes to the thread: a question, or that nobody waits for its answer any more. */
export const ToThread = z.union([
  z.strictObject({ id: z.number(), name: z.string(), input: z.unknown() }),
  z.strictObject({ cancel: z.number() }),
])
export type ToThread = z.infer<typeof ToThread>

export const FromThread = z.union([
  z.strictObject({ id: z.number(), answer: z.unknown() }),
  z.strictObject({ id: z.number(), fault: z.string() }),
])
export type FromThread = z.infer<typeof FromThread>

/** Where the thread reads. */
export const ReadPlace = z.strictObject({ database: z.string(), searchIndex: z.string() })
export type ReadPlace = z.infer<typeof ReadPlace>
