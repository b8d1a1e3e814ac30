import type { ModelSettings } from '@contract/entities/model-config'
import type { CastMember } from '@contract/entities/story'
import { CommonError, FabulaError } from '@contract/errors'
import type { RoleId, StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { ChatFailover } from '@main/routing/failover'
import { runsLocally } from '@main/routing/locality'
import type { RoleRegistry } from '@main/settings/role-registry'
import { roleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'

/** Who would write the next turn of a story: each role that takes part, with its model and key, or what is wrong. */
export function castOf(
  ports: { stores: Stores; roles: RoleRegistry; failover: ChatFailover },
  id: StoryId
): CastMember[] {
  const { stores, roles, failover } = ports
  const story = stores.stories.get(id)
  const preset = story && stores.presets.get(story.presetId)
  const overrides = overridesOf(stores, id)
  if (!preset) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'id' } })

  const memberOf = (role: RoleId): CastMember => {
    const { enabled, settings } = roleSettings(stores, preset, role, overrides)
    const empty = {
      role,
      enabled,
      provider: null,
      model: null,
      modelName: null,
      local: false,
      tokenName: null,
      problem: null,
    }
    try {
      const planned = failover.plan({ role, settings, fallback: preset.fallback })
      return {
        ...empty,
        provider: planned.provider.name,
        model: planned.model,
        modelName: planned.facts?.name ?? planned.model,
        local: runsLocally(planned),
        tokenName: planned.tokens[0]?.name ?? null,
        // The best of its servers: where that one is away, none is there.
        problem: planned.server?.available === false ? planned.server.problem : null,
      }
    } catch (error) {
      if (!(error instanceof FabulaError)) throw error
      return { ...empty, ...modelOf(settings), problem: error.toShape() }
    }
  }
  const modelOf = ({ providerId, model }: ModelSettings) => {
    const [facts] = providerId && model ? stores.models.named(providerId, model) : []
    return { model: model ?? null, modelName: facts?.name ?? model ?? null }
  }
  return roles
    .list()
    .filter(({ kind, takesPart }) => kind === 'chat' && takesPart)
    .map((role) => memberOf(role.id))
}
