import { z } from 'zod'
import {
  Generation,
  GenerationModel,
  GenerationState,
  GenerationSummary,
  LONGEST_ANSWER,
  Seed,
} from '../entities/generation'
import { InputValues } from '../entities/template'
import { WorldEntryKind } from '../entities/world'
import { BatchId, GatewayKeyId, GenerationId, MessageId, StoryId, TemplateId, WorldEntryId, WorldId } from '../ids'
import { command, query } from '../route'
import { JsonValue, Language, Nothing } from '../values'

const byGeneration = z.strictObject({ id: GenerationId })
const Generations = z.strictObject({ ids: z.array(GenerationId).min(1).max(1000) })

/** Which template is used, and for what. */
export const templateUse = {
  templateId: TemplateId,
  /** The one that is used, unless said. */
  version: z.number().int().nonnegative().optional(),
  storyId: StoryId.nullable().default(null),
  /** Another model than the template's own. */
  model: GenerationModel.nullable().default(null),
}

/** The key of the program that asks, through the gateway: what it costs counts for that key, and is held to its limits. */
export const forProgram = { gatewayKeyId: GatewayKeyId.nullable().default(null) }

export const generationRoutes = {
  /**
   * Uses a template and answers at once; the rest comes as `generation.*` events. Throws `input_invalid` for the first value
   * that cannot be used, and what stands in the way of a call. Without a seed, one is chosen where the model takes one.
   */
  'generations.start': command(
    z.strictObject({
      ...templateUse,
      ...forProgram,
      inputs: InputValues,
      selection: z.string().max(LONGEST_ANSWER).default(''),
      seed: Seed.nullable().default(null),
    }),
    Generation
  ),
  /** What came so far is kept. No error when it does not run. */
  'generations.stop': command(byGeneration, Nothing),
  /** With what came so far of one that runs. */
  'generations.get': query(byGeneration, Generation, ['generations'], { about: { generations: 'id' } }),
  /**
   * The newest first; `before` is the last one of the page before. `search`: words in values, answers and names, each
   * anywhere and in any case. Those that were deleted are in no list.
   */
  'generations.list': query(
    z.strictObject({
      templateId: TemplateId.optional(),
      storyId: StoryId.optional(),
      /** As the list names it. */
      model: z.string().max(300).optional(),
      states: z.array(GenerationState).optional(),
      batchId: BatchId.optional(),
      favourite: z.boolean().optional(),
      search: z.string().max(200).optional(),
      before: GenerationId.optional(),
      limit: z.number().int().min(1).max(500).default(50),
      ids: z.array(GenerationId).max(500).optional(),
    }),
    z.strictObject({ generations: z.array(GenerationSummary), hasMore: z.boolean() }),
    ['generations']
  ),
  /** The models that generations were made with, by name, for a choice of one. */
  'generations.models': query(Nothing, z.array(z.string()), ['generations']),
  /** What the writer makes of an answer: its text, or the value that was read of it. The answers themselves stay. */
  'generations.edit': command(
    z.union([
      z.strictObject({ id: GenerationId, text: z.string().max(LONGEST_ANSWER) }),
      z.strictObject({ id: GenerationId, value: JsonValue }),
    ]),
    Generation
  ),
  'generations.favourite': command(z.strictObject({ id: GenerationId, favourite: z.boolean() }), Nothing),
  /** Kept for 30 days, and back with `generations.restore`. What runs is stopped. */
  'generations.delete': command(Generations, Nothing),
  'generations.restore': command(Generations, Nothing),
  /**
   * The same version of the template with the same values once more: with the same seed, or another one; null chooses one
   * anew. `model` as in `generations.start`; null for the one that was asked for before.
   */
  'generations.again': command(
    z.strictObject({
      id: GenerationId,
      model: GenerationModel.nullable().default(null),
      seed: Seed.nullable().optional(),
    }),
    Generation
  ),
  /** The values that a template was last used with; none before the first time. */
  'generations.lastInputs': query(z.strictObject({ templateId: TemplateId }), InputValues.nullable(), ['generations']),
  /**
   * Makes entries of a world from what was read of the answer, as the template says; of a list, one from each item. Names
   * that are taken get a number. Without a world, one is made, called as the story or the template, and the story takes it.
   */
  'generations.becomes': command(
    z.strictObject({ id: GenerationId, worldId: WorldId.nullable(), language: Language }),
    z.strictObject({
      worldId: WorldId,
      /** The world was made for them. */
      made: z.boolean(),
      entries: z.array(z.strictObject({ id: WorldEntryId, kind: WorldEntryKind, name: z.string() })),
    })
  ),
  /** Puts the text at the end of a story as a passage of its own, or this part of it. */
  'generations.intoStory': command(
    z.strictObject({ id: GenerationId, storyId: StoryId }),
    z.strictObject({ messageId: MessageId })
  ),
}
