import type { GenerationModel } from '@contract/entities/generation'
import { nameKey } from '@contract/names'
import { ApiError, badField, unknownModel } from '@main/gateway/api-error'
import type { Caller } from '@main/gateway/visit'
import type { ApiPorts } from './api-ports'

const CONFIG = 'config/'

/**
 * What a template is used for is paid as in the app, and not held to the limits of a key: one that has some may not start it.
 */
export function checkUnlimited(caller: Caller | null): void {
  if (caller && !caller.isLimited) return
  throw new ApiError(
    403,
    'key_is_limited',
    'This key may ask only some models, or spend only so much in a day, and templates are not held to that. Use a key without these limits.'
  )
}

/** The model that a program names to use a template with; null for the template's own. */
export async function modelCalled(
  name: string | null,
  { ask, models }: Pick<ApiPorts, 'ask' | 'models'>
): Promise<GenerationModel | null> {
  if (name === null) return null
  const { id, role, at, settings } = models.find(name)
  if (id.startsWith(CONFIG)) {
    const wanted = nameKey(id.slice(CONFIG.length))
    const config = (await ask('modelConfigs.list', {})).find((one) => nameKey(one.name) === wanted)
    if (!config) throw unknownModel(name)
    return { modelConfigId: config.id }
  }
  const { providerId, model, serverId } = settings
  if (role !== null || at || providerId === undefined || model === undefined)
    throw badField(
      'model',
      'A template takes its model from a preset by itself, and servers by their names. Name a model of `GET /v1/models`, or leave it out.'
    )
  return { providerId, model, ...(serverId === undefined ? {} : { serverId }) }
}
