import { z } from 'zod'
import { command, query } from '../route'
import { Model, ModelListState, ModelPatch, NewModel } from '../entities/model'
import { ProviderId } from '../ids'
import { Nothing } from '../values'

export const modelRoutes = {
  'models.list': query(Nothing, z.array(Model), ['models', 'providers', 'servers']),
  /** Of every provider that can list models. */
  'models.states': query(Nothing, z.array(ModelListState), ['models']),
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
