import { z } from 'zod'
import { MediaPrice, StageKind, StageStatus, Voice, type StageView } from '@contract/entities/stage'
import { Secret, type Token } from '@contract/entities/token'
import { StageId, type ProviderId, type TokenId } from '@contract/ids'
import { JsonObject, Name } from '@contract/values'
import { listOf, Moment, ofAnswer, ofRequest, Problem, problemOf } from './api-schema'

const slug = z.string().min(1).max(100).describe("The provider's short name.")
const model = z.string().trim().min(1).max(300)

const StageKey = ofRequest(
  'StageKey',
  z.strictObject({
    name: Name,
    secret: Secret.optional().describe(
      'Write-only: no answer has it. With it, the key is added to those of the provider.'
    ),
  })
)

export const ChangedStage = ofRequest(
  'ChangedStage',
  z.strictObject({
    provider: slug,
    key: StageKey.nullable()
      .optional()
      .describe(
        'One of the provider’s by its name, or a new one; null for none. Unless said, the one that is chosen stays, as long as the provider does.'
      ),
    model: model.nullable().default(null).describe('One of those that the key can use; null takes the first.'),
    settings: JsonObject.default({}).describe('By the `settings_schema` of the provider.'),
  })
)

const StageModel = ofAnswer(
  'StageModel',
  z.strictObject({
    model: z.string(),
    name: z.string(),
    voices: z.array(ofAnswer('Voice', Voice)).nullable().describe('Null where it has none, or is one itself.'),
    price: z
      .strictObject({ unit: z.enum(['million_characters', 'second', 'piece']), dollars: MediaPrice.shape.dollars })
      .nullable(),
    longest_text: z.int().positive().nullable().describe('Characters that it takes at once.'),
  })
)

export const ApiStage = ofAnswer(
  'Stage',
  z.strictObject({
    id: StageId,
    kind: StageKind,
    name: z.string(),
    help: z.string(),
    providers: z.array(
      z.strictObject({ provider: slug, settings_schema: JsonObject.describe('A JSON Schema (draft 2020-12).') })
    ),
    provider: slug.nullable().describe('The one that is chosen; null while none is.'),
    provider_key: z.string().nullable().describe('The name of its key.'),
    model: model.nullable(),
    settings: JsonObject,
    status: StageStatus.describe(
      '`active`: the provider took the key; `invalid`: it refused it; `unknown`: nothing is chosen, or it could not be asked.'
    ),
    problem: Problem.nullable().describe('Why it is not active.'),
    models: z.array(StageModel).describe('What the key can use.'),
    listed_at: Moment.nullable().describe('When that list was had.'),
  })
)
export const Stages = listOf('Stages', ApiStage)

/** What ids stand for, by name. */
export interface StageNames {
  slugs: ReadonlyMap<ProviderId, string>
  tokens: readonly Token[]
}

export function toApiStage(stage: StageView, { slugs, tokens }: StageNames): z.output<typeof ApiStage> {
  const { choice } = stage
  const nameOf = (id: TokenId) => tokens.find((token) => token.id === id)?.name ?? null
  return {
    id: stage.id,
    kind: stage.kind,
    name: stage.name.en,
    help: stage.help.en,
    providers: stage.providers.map(({ providerId, settingsSchema }) => ({
      provider: slugs.get(providerId) ?? '',
      settings_schema: settingsSchema,
    })),
    provider: choice && (slugs.get(choice.providerId) ?? null),
    provider_key: choice?.tokenId ? nameOf(choice.tokenId) : null,
    model: choice?.model ?? null,
    settings: choice?.settings ?? {},
    status: stage.status,
    problem: problemOf(stage.problem),
    models: stage.models.map((one) => ({
      model: one.model,
      name: one.name,
      voices: one.voices,
      price: one.price && {
        unit: one.price.unit === 'millionCharacters' ? 'million_characters' : one.price.unit,
        dollars: one.price.dollars,
      },
      longest_text: one.longestText,
    })),
    listed_at: stage.listedAt,
  }
}
