import type { GenerationModel } from '@contract/entities/generation'
import { nameKey } from '@contract/names'
import { badField, unknownModel } from '@main/gateway/api-error'
import { CONFIG } from '@main/gateway/canonical-name'
import type { Caller } from '@main/gateway/visit'
import type { ApiPorts } from './api-ports'

/** Whose day it counts for what a template is used for. */
export const forCaller = (caller: Caller | null) => ({ gatewayKeyId: caller?.purpose.keyId ?? null })

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
