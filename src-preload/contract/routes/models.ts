import { z } from 'zod'
import { command, query } from '../route'
import { Model, ModelListState, ModelPatch, NewModel } from '../entities/model'
import { ProviderId, ServerId } from '../ids'
import { Nothing } from '../values'

export const modelRoutes = {
  /** Of all providers, of one, or of one server; with `ids`, those of them alone, and none for what is not there. */
  'models.list': query(
    z.strictObject({
      providerId: ProviderId.optional(),
      serverId: ServerId.optional(),
      ids: z.array(z.string()).max(500).optional(),
    }),
    z.array(Model),
    ['models'],
    { rows: { topics: ['models'], order: { by: [] } } }
  ),
  /** How many models each provider lists now; none for one without any. */
  'models.counts': query(Nothing, z.array(z.strictObject({ providerId: ProviderId, models: z.number().int() })), [
    'models',
  ]),
  /** Of every provider that can list models. */
  'models.states': query(Nothing, z.array(ModelListState), ['modelLists']),
  /** Asks a provider (for Ollama: every server) for its models now. */
  'models.refresh': command(
    z.strictObject({ providerId: ProviderId }),
    z.strictObject({ added: z.number().int(), changed: z.number().int(), vanished: z.number().int() })
  ),
  'models.create': command(NewModel, Model),
  'models.update': command(z.strictObject({ id: z.string(), patch: ModelPatch }), Model),
  /** Only of a model that was added by hand, or that its provider no longer lists. */
  'models.delete': command(z.strictObject({ id: z.string() }), Nothing),
}
