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
    const empty = { role, enabled, provider: null, model: null, local: false, tokenName: null, problem: null }
    try {
      const planned = failover.plan({ role, settings, fallback: preset.fallback })
      return {
        ...empty,
        provider: planned.provider.name,
        model: planned.model,
        local: runsLocally(planned),
        tokenName: planned.tokens[0]?.name ?? null,
      }
    } catch (error) {
      if (!(error instanceof FabulaError)) throw error
      return { ...empty, model: settings.model ?? null, problem: error.toShape() }
    }
  }
  return roles
    .list()
    .filter(({ kind, takesPart }) => kind === 'chat' && takesPart)
    .map((role) => memberOf(role.id))
}
