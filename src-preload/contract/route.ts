import type { z } from 'zod'

/**
 * Parts of the data that requests read and change. When one changes, main says so in `data.changed`, and the renderer
 * asks again what read it.
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
  'vault',
  'preferences',
  'storage',
  'usage',
  'simulations',
] as const
export type Topic = (typeof topics)[number]

export interface Route<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
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
  reads: readonly Topic[]
): Route<I, O> => ({ input, output, reads })
