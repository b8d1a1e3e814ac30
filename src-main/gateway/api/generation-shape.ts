import { z } from 'zod'
import {
  GenerationState,
  LONGEST_ANSWER,
  Seed,
  type Generation as ContractGeneration,
  type GenerationSummary as ContractSummary,
  type Try as ContractTry,
} from '@contract/entities/generation'
import { BatchId, GenerationId, StoryId, TemplateId } from '@contract/ids'
import { ValueKeyword } from '@contract/schema/value-problem'
import { JsonObject, JsonValue } from '@contract/values'
import { Dollars, Moment, ofAnswer, ofRequest, pageOf, Problem, problemOf, Tokens } from './api-schema'

/** Which template is used, and with what. */
export const templateUse = {
  template_id: TemplateId,
  version: z.int().nonnegative().optional().describe('The one that is used, unless said.'),
  story_id: StoryId.nullable().default(null).describe('The story whose text and worlds the template can use.'),
  model: z
    .string()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe(
      'Another model than the template’s own, as `GET /v1/models` names it: `openrouter/…`, `ollama/<server>/<model>` or `config/<name>`.'
    ),
}

export const Inputs = JsonObject.describe('By the names of the template’s variables.')

export const NewGeneration = ofRequest(
  'NewGeneration',
  z.strictObject({
    ...templateUse,
    inputs: Inputs.default({}),
    selection: z.string().max(LONGEST_ANSWER).default('').describe('What is selected in the story.'),
    seed: Seed.nullable().default(null).describe('Null: one is chosen.'),
    wait: z
      .boolean()
      .default(false)
      .describe(
        'True: the answer comes when the generation has ended, with 200, and leaving before stops it. False: it comes at once, with 202.'
      ),
  })
)

const AnswerProblem = ofAnswer(
  'AnswerProblem',
  z.strictObject({
    path: z.string().describe('A JSON Pointer (RFC 6901) into the answer.'),
    keyword: ValueKeyword.describe('The keyword of JSON Schema that asks for it, or why the answer cannot be read.'),
    message: z.string(),
  })
)

const Try = ofAnswer(
  'Try',
  z.strictObject({
    answer: z.string().describe('As the model gave it.'),
    reasoning: z.string(),
    problems: z.array(AnswerProblem),
    cut: z.boolean().describe('It ends where the model’s limit of tokens was reached.'),
    provider: z.string(),
    model: z.string(),
    input_tokens: Tokens,
    output_tokens: Tokens,
    cost: Dollars,
    first_token_ms: z.int().nonnegative().nullable(),
    total_ms: z.int().nonnegative(),
    error: Problem.nullable(),
  })
)

const told = {
  id: GenerationId,
  template_id: TemplateId,
  template_name: z.string(),
  version: z.int().nonnegative(),
  story_id: StoryId.nullable(),
  batch: z.strictObject({ id: BatchId, row: z.int().positive() }).nullable(),
  key_name: z
    .string()
    .nullable()
    .describe('The key of the gateway that it was asked with, whose limits it counts for; null: in the app.'),
  state: GenerationState.describe(
    '`complete`: an answer has the form; `invalid`: answers came, and none has it; `failed`: none came.'
  ),
  format: z.enum(['text', 'json', 'csv']),
  provider: z.string(),
  model: z.string(),
  edited: z.boolean(),
  favourite: z.boolean(),
  input_tokens: Tokens,
  output_tokens: Tokens,
  cost: Dollars,
  total_ms: z.int().nonnegative(),
  created_at: Moment,
  error: Problem.nullable(),
}

const GenerationSummary = ofAnswer(
  'GenerationSummary',
  z.strictObject({ ...told, title: z.string(), excerpt: z.string(), tries: z.int().nonnegative() })
)
export const GenerationPage = pageOf('GenerationPage', GenerationSummary)

export const ApiGeneration = ofAnswer(
  'Generation',
  z.strictObject({
    ...told,
    inputs: Inputs,
    selection: z.string(),
    seed: Seed.nullable().describe('Null where the model takes none.'),
    messages: z
      .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
      .describe('What was sent first.'),
    parameters: JsonObject,
    schema: JsonObject.nullable().describe('What the answer is held against.'),
    tries: z.array(Try),
    text: z.string().describe('The last answer, or what the user made of it.'),
    value: JsonValue.describe('What was read of it: a JSON value, or the rows of a table; null for text.'),
  })
)

const toApiTold = (one: Omit<ContractSummary, 'title' | 'excerpt' | 'tries'>) => ({
  id: one.id,
  template_id: one.templateId,
  template_name: one.templateName,
  version: one.version,
  story_id: one.storyId,
  batch: one.batch,
  key_name: one.gatewayKey?.name ?? null,
  state: one.state,
  format: one.format,
  provider: one.provider,
  model: one.model,
  edited: one.edited,
  favourite: one.favourite,
  input_tokens: one.inputTokens,
  output_tokens: one.outputTokens,
  cost: one.cost,
  total_ms: one.totalMs,
  created_at: one.createdAt,
  error: problemOf(one.error),
})

export const toApiGenerationSummary = (one: ContractSummary): z.output<typeof GenerationSummary> => ({
  ...toApiTold(one),
  title: one.title,
  excerpt: one.excerpt,
  tries: one.tries,
})

export const toApiGeneration = (one: ContractGeneration): z.output<typeof ApiGeneration> => ({
  ...toApiTold(one),
  inputs: one.inputs,
  selection: one.selection,
  seed: one.seed,
  messages: one.messages,
  parameters: one.parameters,
  schema: one.schema,
  tries: one.tries.map(toApiTry),
  text: one.text,
  value: one.value,
})

const toApiTry = (one: ContractTry): z.output<typeof Try> => ({
  answer: one.answer,
  reasoning: one.reasoning,
  problems: one.problems.map(({ path, keyword, message }) => ({ path, keyword, message })),
  cut: one.cut,
  provider: one.provider,
  model: one.model,
  input_tokens: one.inputTokens,
  output_tokens: one.outputTokens,
  cost: one.cost,
  first_token_ms: one.firstTokenMs,
  total_ms: one.totalMs,
  error: problemOf(one.error),
})
