import { z } from 'zod'
import { ModelKind, type Model } from '@contract/entities/model'
import { FabulaError, ModelError } from '@contract/errors'
import { ServerId } from '@contract/ids'
import { badField } from '@main/gateway/api-error'
import type { ApiPorts } from './api-ports'
import { booleanParameter, numberParameter } from './api-schema'
import type { KnownProviders } from './known-providers'
import { ApiModel, ModelPage, ModelPatch, NewModel, SyncRequest, SyncResult, toApiModel } from './model-shape'
import { operation, type Operation } from './operation'

const ofModel = z.strictObject({
  id: z.string().min(1).max(1000).describe('With its slashes, percent-encoded or not.'),
})
const tag = 'Models'

const Filters = z.strictObject({
  provider: z.string().max(100).optional().describe("A provider's short name."),
  server_id: ServerId.optional(),
  kind: ModelKind.optional(),
  enabled: booleanParameter.optional(),
  available: booleanParameter.optional(),
  search: z.string().max(200).optional().describe('Part of a name or an id, in any case.'),
  after: z.string().max(1000).optional().describe('The id of the last model of the page before.'),
  limit: numberParameter(1, 1000).default(100),
})

/** `/api/models`: the catalogue. */
export function modelOperations({ ask, providers }: ApiPorts & { providers: KnownProviders }): Operation[] {
  const find = async (id: string): Promise<Model> => {
    const [model] = await ask('models.list', { ids: [id] })
    if (!model)
      throw new FabulaError(ModelError.NotFound, `There is no model ${id}`, { details: { model: id, path: 'id' } })
    return model
  }
  const shown = async (model: Model) => toApiModel(model, await providers.slugs())

  return [
    operation({
      id: 'listModels',
      method: 'GET',
      path: '/api/models',
      tag,
      summary: 'The models of all providers, with their state',
      querySchema: Filters,
      success: { status: 200, description: 'A page of them.', schema: ModelPage },
      run: async ({ query }) => {
        const { provider, server_id: serverId, after, limit } = query
        const providerId = provider === undefined ? undefined : (await providers.named(provider)).id
        const [all, slugs] = await Promise.all([ask('models.list', { providerId, serverId }), providers.slugs()])
        const fitting = all.filter(fits(query))
        const from = after === undefined ? 0 : fitting.findIndex(({ id }) => id === after) + 1
        return {
          data: fitting.slice(from, from + limit).map((model) => toApiModel(model, slugs)),
          has_more: fitting.length > from + limit,
        }
      },
      failures: [404],
    }),
    operation({
      id: 'createModel',
      method: 'POST',
      path: '/api/models',
      tag,
      summary: 'Add a model that its provider does not list',
      bodySchema: NewModel,
      example: { provider: 'openai', model: 'not-listed-yet', context_length: 8192 },
      success: { status: 201, description: 'The model.', schema: ApiModel },
      failures: [404, 409],
      location: ({ id }) => `/api/models/${id.split('/').map(encodeURIComponent).join('/')}`,
      run: async ({ body }) => {
        const { provider, server_id: serverId, model, name, kind, context_length: contextLength, price } = body
        const { id: providerId } = await providers.named(provider)
        return shown(await ask('models.create', { providerId, serverId, model, name, kind, contextLength, price }))
      },
    }),
    operation({
      id: 'syncModels',
      method: 'POST',
      path: '/api/models/sync',
      tag,
      summary: 'Read the list of a provider again',
      description: 'The models of an Ollama server are read by `POST /api/servers/{id}/discover`.',
      bodySchema: SyncRequest,
      example: { provider: 'openai' },
      success: { status: 200, description: 'How many models came, changed and went.', schema: SyncResult },
      failures: [404, 502, 504],
      run: async ({ body }) => {
        const provider = await providers.named(body.provider)
        if (provider.servers)
          throw badField(
            'provider',
            `${provider.name} is made of servers. Ask POST /api/servers/{id}/discover for each of them.`
          )
        const { added, changed, vanished } = await ask('models.refresh', { providerId: provider.id })
        return { added, changed, vanished }
      },
    }),
    operation({
      id: 'getModel',
      method: 'GET',
      path: '/api/models/{id}',
      tag,
      summary: 'One model',
      pathSchema: ofModel,
      success: { status: 200, description: 'The model.', schema: ApiModel },
      failures: [404],
      run: async ({ path }) => shown(await find(path.id)),
    }),
    operation({
      id: 'changeModel',
      method: 'PATCH',
      path: '/api/models/{id}',
      tag,
      summary: 'Switch a model on or off, or say its name, context length and price',
      pathSchema: ofModel,
      bodySchema: ModelPatch,
      example: { enabled: false },
      success: { status: 200, description: 'The model as it is now.', schema: ApiModel },
      failures: [404],
      run: async ({ path, body }) => {
        const { enabled, name, context_length: contextLength, price } = body
        return shown(await ask('models.update', { id: path.id, patch: { enabled, name, contextLength, price } }))
      },
    }),
    operation({
      id: 'deleteModel',
      method: 'DELETE',
      path: '/api/models/{id}',
      tag,
      summary: 'Delete a model',
      description:
        'One that was added by hand, or that its provider no longer lists. Any other is refused with 409: switch it off instead.',
      pathSchema: ofModel,
      success: { status: 204, description: 'It is gone.' },
      failures: [404, 409],
      run: async ({ path }) => {
        await ask('models.delete', { id: path.id })
        return null
      },
    }),
  ]
}

const fits = ({ kind, enabled, available, search }: z.output<typeof Filters>) => {
  const wanted = search?.toLowerCase()
  return (model: Model): boolean =>
    (kind === undefined || model.kind === kind) &&
    (enabled === undefined || model.enabled === enabled) &&
    (available === undefined || model.available === available) &&
    (wanted === undefined || `${model.id}\n${model.name}`.toLowerCase().includes(wanted))
}
