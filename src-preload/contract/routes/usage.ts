import { z } from 'zod'
import { command, query } from '../route'
import { Call, Simulation, SimulatedFailure, SimulationTarget, UsageGroup, UsageRow } from '../entities/usage'
import { CallId, GenerationId, StoryId, TurnId } from '../ids'
import { Nothing, Timestamp } from '../values'

/** Calls that began at or after `from` and before `to`. */
const period = { from: Timestamp, to: Timestamp }

export const usageRoutes = {
  /** Most expensive first; days in their order. */
  'usage.summary': query(z.strictObject({ ...period, by: UsageGroup }), z.array(UsageRow), ['usage', 'stories']),
  /** Newest first; `before` is the last one of the page before. */
  'usage.calls': query(
    z.strictObject({
      ...period,
      before: CallId.optional(),
      limit: z.number().int().min(1).max(500).default(100),
      storyId: StoryId.optional(),
    }),
    z.strictObject({ calls: z.array(Call), hasMore: z.boolean() }),
    ['usage', 'stories']
  ),
  /** Every attempt of one turn, in order. */
  'usage.ofTurn': query(z.strictObject({ turnId: TurnId }), z.array(Call), ['usage'], {
    about: { usage: 'turnId' },
  }),
  /** Every attempt of one generation, in order. */
  'usage.ofGeneration': query(z.strictObject({ generationId: GenerationId }), z.array(Call), ['usage'], {
    about: { usage: 'generationId' },
  }),
  /** The calls of a period as CSV (RFC 4180, UTF-8). */
  'usage.export': command(z.strictObject(period), z.strictObject({ fileName: z.string(), text: z.string() })),

  'simulations.list': query(Nothing, z.array(Simulation), ['simulations']),
  /** Null ends the simulation. */
  'simulations.set': command(
    z.strictObject({ target: SimulationTarget, failure: SimulatedFailure.nullable() }),
    z.array(Simulation)
  ),
}
