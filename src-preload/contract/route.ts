import type { z } from 'zod'

/**
 * Parts of the data that requests read and change. When one changes, main says so in `data.changed` and names the rows,
 * and the renderer asks again what read them. Rows are named by their id; those of `messages`, `turns`, `summaries` and `memory` by the
 * id of their story, those of `modelLists` by their provider, those of `usage` by their turn or
 * generation, or by their call where it was for neither.
 */
export const rowTopics = [
  'providers',
  'tokens',
  'models',
  'modelLists',
  'servers',
  'jobs',
  'modelConfigs',
  'presets',
  'stories',
  'messages',
  'turns',
  'summaries',
  'memory',
  'worlds',
  'templates',
  'generations',
  'batches',
  'gatewayKeys',
  'stages',
  'media',
  'usage',
  'bin',
] as const
/** What there is one of: it has no rows to name. */
const singleTopics = ['vault', 'gateway', 'preferences', 'storage', 'backups', 'simulations', 'updates'] as const

export const topics = [...rowTopics, ...singleTopics] as const
export type RowTopic = (typeof rowTopics)[number]
export type SingleTopic = (typeof singleTopics)[number]
export type Topic = RowTopic | SingleTopic

export const hasRows = (topic: Topic): topic is RowTopic => rowTopics.some((one) => one === topic)

/** Lets the renderer ask again for no more than what changed. */
export interface Narrowing {
  /** Which field of the input, or which of several, names the one row of a topic that the answer is about. */
  about?: Partial<Record<RowTopic, string | readonly string[]>>
  /**
   * The answer is a list of rows, and changes of these topics name them. Asked with `ids` beside the same input, it has
   * those alone.
   */
  rows?: {
    topics: readonly RowTopic[]
    /**
     * How the list is sorted: by a time, the newest first; or by these fields, so that a row stands where it stood as long
     * as none of them changes.
     */
    order: { newest: string } | { by: readonly string[] }
  }
}

export interface Route<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> extends Narrowing {
  input: Input
  output: Output
  /** What a query reads; empty for a command. */
  reads: readonly Topic[]
}

/** A route that changes something. */
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Route<I, O> => ({
  input,
  output,
  reads: [],
})

/** A route that only reads; its answer holds until one of `reads` changes. */
export const query = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  reads: readonly Topic[],
  narrowing: Narrowing = {}
): Route<I, O> => ({ input, output, reads, ...narrowing })
