import type { z } from 'zod'

/**
 * Parts of the data that requests read and change. When one changes, main says so in `data.changed`, and the renderer
 * asks again what read it. Rows are named by their id; those of `messages` and `turns` by the id of
 * their story.
 */
export const topics = [
  'providers',
  'tokens',
  'models',
  'servers',
  'jobs',
  'modelConfigs',
  'presets',
  'stories',
  'messages',
  'turns',
  'worlds',
  'vault',
  'preferences',
  'storage',
  'usage',
  'simulations',
] as const
export type Topic = (typeof topics)[number]

/** Lets the renderer ask again for no more than what changed. */
export interface Narrowing {
  /** Which field of the input names the one row of a topic that the answer is about. */
  about?: Partial<Record<Topic, string>>
  /** The answer is a list of rows, and changes of these topics name them. Asked with `ids`, it has those alone. */
  rows?: {
    topics: readonly Topic[]
    /** The time by which the list is sorted, the newest first. */
    newestBy: string
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
