import { FabulaError, ModelError } from '@contract/errors'
import { allowedModel } from './allowed-model'
import { forbiddenModel, unknownModel } from './api-error'
import type { GatewayContext } from './gateway-ports'
import type { ListedModel, ModelNames } from './model-names'
import { decoded } from './server-model-name'
import type { Caller } from './visit'

const wireModel = ({ id, created, ownedBy }: ListedModel) => ({ id, object: 'model', created, owned_by: ownedBy })

/** `GET /v1/models`: those that the key may use. */
export const createModelsRoute =
  (models: ModelNames) =>
  ({ env: { visit, call } }: GatewayContext): Response => {
    const data = models.list().filter(({ id }) => visit.caller.mayUse(id))
    call.complete(null)
    return Response.json({ object: 'list', data: data.map(wireModel) })
  }

const FOLDER = '/v1/models/'

/** `GET /v1/models/{id}`: names have slashes, which clients encode or not. */
export const createModelRoute =
  (models: ModelNames) =>
  ({ req, env: { visit, call } }: GatewayContext): Response => {
    const { pathname } = new URL(req.url)
    const name = decoded(pathname.slice(FOLDER.length))
    const model = listedModel(models, visit.caller, name)
    call.complete(null)
    return Response.json(wireModel(model))
  }

function listedModel(models: ModelNames, caller: Caller, name: string): ListedModel {
  const voice = models.voice(name)
  if (!voice) {
    const model = allowedModel(models, caller, name)
    if (!model.known) throw unknownModel(name)
    if (model.enabled) return model
    throw new FabulaError(ModelError.Disabled, `The model ${model.id} is switched off`, {
      details: { model: model.settings.model ?? name, provider: model.ownedBy },
    })
  }
  if (!caller.mayUse(voice.id)) throw forbiddenModel(name)
  return voice
}
