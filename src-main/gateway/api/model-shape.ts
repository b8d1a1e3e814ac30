import { z } from 'zod'
import { ModelKind, OwnPrice, type Model } from '@contract/entities/model'
import { ServerId, type ProviderId } from '@contract/ids'
import { Name } from '@contract/values'
import { listOf, Moment, ofAnswer, ofRequest, pageOf } from './api-schema'

const providerSlug = z
  .string()
  .min(1)
  .max(100)
  .describe("The provider's short name, as model names begin: `openrouter`.")
const contextLength = z.int().min(256).max(100_000_000).nullable()

export const ApiModel = ofAnswer(
  'Model',
  z.strictObject({
    id: z.string().describe('Names it here and in the app: `openrouter/vendor/model`, `ollama/<server id>/<model>`.'),
    provider: providerSlug,
    server_id: ServerId.nullable(),
    model: z.string().describe("What the provider's own API calls it."),
    name: z.string(),
    kind: ModelKind,
    enabled: z.boolean().describe('False: switched off by the user. Asking it is refused with `model_disabled`.'),
    available: z.boolean().describe('False once its provider no longer lists it.'),
    source: z.enum(['synced', 'manual']).describe('Listed by its provider, or added by hand.'),
    edited: z
      .array(z.enum(['name', 'context_length', 'price']))
      .describe('What the user said over what the provider says.'),
    context_length: z.int().positive().nullable().describe('Tokens.'),
    max_output: z.int().positive().nullable().describe('Tokens.'),
    supported_parameters: z.array(z.string()).nullable().describe('Null where the provider does not tell.'),
    refused_parameters: z.array(z.string()).describe('What it once refused, and is not sent any more.'),
    capabilities: z.array(z.string()),
    price: z
      .strictObject({ input: z.number(), output: z.number() })
      .nullable()
      .describe('US dollars per million tokens.'),
    size: z.int().nonnegative().nullable().describe('Bytes on disk.'),
    quantization: z.string().nullable(),
    local: z.boolean().describe('It runs on this computer or network: nothing is paid.'),
    first_seen_at: Moment,
    last_seen_at: Moment,
  })
)
export const Models = listOf('Models', ApiModel)
export const ModelPage = pageOf('ModelPage', ApiModel)

export const toApiModel = (model: Model, slugs: ReadonlyMap<ProviderId, string>): z.output<typeof ApiModel> => ({
  id: model.id,
  provider: slugs.get(model.providerId) ?? '',
  server_id: model.serverId,
  model: model.model,
  name: model.name,
  kind: model.kind,
  enabled: model.enabled,
  available: model.available,
  source: model.source,
  edited: model.edited.map((field) => (field === 'contextLength' ? 'context_length' : field)),
  context_length: model.contextLength,
  max_output: model.maxOutput,
  supported_parameters: model.supportedParameters,
  refused_parameters: model.refused,
  capabilities: model.capabilities,
  price: model.price,
  size: model.size,
  quantization: model.quantization,
  local: model.local,
  first_seen_at: model.firstSeen,
  last_seen_at: model.lastSeen,
})

export const NewModel = ofRequest(
  'NewModel',
  z.strictObject({
    provider: providerSlug,
    server_id: ServerId.optional().describe('Needed for a provider that is made of servers.'),
    model: z.string().trim().min(1).max(300).describe("What the provider's own API calls it."),
    name: Name.optional(),
    kind: ModelKind.default('chat'),
    context_length: contextLength.default(null).describe('Tokens.'),
    price: OwnPrice.nullable().default(null).describe('US dollars per million tokens.'),
  })
)

export const ModelPatch = ofRequest(
  'ModelPatch',
  z.strictObject({
    enabled: z.boolean().optional().describe('Switches it on or off.'),
    name: Name.nullable().optional().describe('Null: what the provider says.'),
    context_length: contextLength.optional().describe('Tokens; null for what the provider says.'),
    price: OwnPrice.nullable().optional().describe('US dollars per million tokens; null for what the provider says.'),
  })
)

export const SyncRequest = ofRequest('SyncRequest', z.strictObject({ provider: providerSlug }))

export const SyncResult = ofAnswer(
  'SyncResult',
  z.strictObject({
    added: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    vanished: z.int().nonnegative().describe('What the provider no longer lists.'),
  })
)
