import { z } from 'zod'
import { ErrorShape } from '../errors'
import { JobId, MessageId, StoryId, SummaryId } from '../ids'
import { Timestamp } from '../values'

/** The kind of job that writes summaries. */
export const SUMMARIZE = 'summarize'

/** What a run of passages came to, or of a run of summaries. */
export const Summary = z.strictObject({
  id: SummaryId,
  storyId: StoryId,
  /** 0: of passages; above: of so many summaries of the level below. */
  level: z.number().int().nonnegative(),
  /** The first passage and the last one that it covers. */
  firstId: MessageId,
  lastId: MessageId,
  /** Their places in the story, from 0; those of deleted passages are counted. */
  first: z.number().int().nonnegative(),
  last: z.number().int().nonnegative(),
  text: z.string(),
  /** The writer's own words: never written over. */
  edited: z.boolean(),
  /** Passages beneath it were edited, deleted or brought back since. */
  stale: z.boolean(),
  madeAt: Timestamp,
})
export type Summary = z.infer<typeof Summary>

export const SummaryText = z.string().trim().min(1).max(20_000)

export const StorySummaries = z.strictObject({
  /** Those that hold for the story as it is shown, in the order of the story, the finest first. */
  summaries: z.array(Summary),
  /** The chapters that have ended, each at the place of its last passage; a name may be empty. */
  chapters: z.array(z.strictObject({ name: z.string(), last: z.number().int().nonnegative() })),
  /** Passages of which there is no summary yet, deleted ones too. */
  left: z.number().int().nonnegative(),
  /** The work on them, while it runs or waits. */
  job: z
    .strictObject({
      id: JobId,
      /** Summaries that it has written. */
      done: z.number().int().nonnegative(),
      /** Those that it still has to write of passages, or anew; not those that will be made of them. */
      due: z.number().int().nonnegative(),
    })
    .nullable(),
  /** They are written by themselves whenever so many passages have come together, or a chapter has ended. */
  byItself: z.boolean(),
  passages: z.number().int().positive(),
  /** Why the last one could not be written, or null. */
  error: ErrorShape.nullable(),
})
export type StorySummaries = z.infer<typeof StorySummaries>

export const SummarizeInput = z.strictObject({
  storyId: StoryId,
  /** Also of what is left at the end, however short; else only where enough has come together. */
  all: z.boolean(),
})
export type SummarizeInput = z.infer<typeof SummarizeInput>

export const SummarizeProgress = z.strictObject({
  /** Summaries that were written. */
  done: z.number().int().nonnegative(),
})
export type SummarizeProgress = z.infer<typeof SummarizeProgress>
