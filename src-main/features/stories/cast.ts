import type { CastMember } from '@contract/entities/story'
import { CommonError, FabulaError } from '@contract/errors'
import type { RoleId, StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { CallPlan, CallPlanner } from '@main/routing/call-plan'
import { isLoopback } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import { roleSettings } from '@main/settings/role-settings'

/** Who would write the next turn of a story: each role that takes part, with its model and key, or what is wrong. */
export function castOf(
  ports: { stores: Stores; roles: RoleRegistry; plan: CallPlanner },
  id: StoryId
): CastMember[] {
  const { stores, roles, plan } = ports
  const story = stores.stories.get(id)
  const preset = story && stores.presets.get(story.presetId)
  if (!preset) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'id' } })

  const seat = (role: RoleId, enabled: boolean): CastMember => {
    const empty = { role, enabled, provider: null, model: null, local: false, tokenName: null, problem: null }
    const { settings } = roleSettings(stores, preset, role)
    try {
      const planned = plan(role, settings)
      return {
        ...empty,
        provider: planned.provider.name,
        model: planned.model,
        local: runsHere(planned),
        tokenName: planned.tokens[0]?.name ?? null,
      }
    } catch (error) {
      if (!(error instanceof FabulaError)) throw error
      return { ...empty, model: settings.model ?? null, problem: error.toShape() }
    }
  }
  return roles
    .list()
    .filter(({ takesPart }) => takesPart)
    .map((role) => seat(role.id, preset.roles[role.id]?.enabled ?? !role.switchable))
}

const runsHere = ({ provider, server, facts }: CallPlan): boolean => {
  if (facts) return facts.local
  const address = server?.url ?? provider.baseUrl
  return provider.definition.local || (address !== null && isLoopback(address))
}
