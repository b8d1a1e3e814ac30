import { roleEntries } from '@contract/entities/preset'
import type { TokenUser } from '@contract/entities/token'
import { TokenId, type RoleId, type StoryId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import { z } from 'zod'
import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import { valuesOf } from '@contract/settings/effective-settings'
import { fieldsOfSettings } from '@contract/settings/field-map'
import { roleFields } from './role-settings'
import { overridesOf } from './story-overrides'

type After = TokenUser['after']
type Fields = ReadonlyMap<string, JsonValue>

const TokenIds = z.array(TokenId)

/** Where a story can say which keys are used. */
const keyPaths = ['tokenIds', 'providerId', 'modelConfigId'] as const

/**
 * The model configs, presets and stories that work with a token, and what they would do without it. Stories are named
 * where they differ from their preset.
 */
export function usersOfToken(stores: Stores, token: TokenRow, provider: { keyRequired: boolean }): TokenUser[] {
  const isOnlyOne = stores.tokens.ofProvider(token.provider_id).length === 1
  const left: After = isOnlyOne && !provider.keyRequired ? 'without' : 'stuck'

  /** What settings would do without the token; null where they do not use it. */
  const afterOf = (fields: Fields): After | null => {
    const { data: chosen } = TokenIds.safeParse(fields.get('tokenIds'))
    if (!chosen) return fields.get('providerId') !== token.provider_id ? null : isOnlyOne ? left : 'others'
    if (!chosen.includes(token.id)) return null
    return chosen.every((id) => id === token.id) ? left : 'others'
  }
  const userOf = (user: Pick<TokenUser, 'kind' | 'name'>, roles: readonly [RoleId | null, Fields][]): TokenUser[] => {
    const found = roles.flatMap(([role, fields]) => {
      const after = afterOf(fields)
      return after ? [{ role, after }] : []
    })
    const after = (['stuck', 'without', 'others'] as const).find((one) => found.some((use) => use.after === one))
    if (!after) return []
    return [{ ...user, after, roles: found.flatMap((use) => (use.after === after && use.role ? [use.role] : [])) }]
  }

  const presets = stores.presets.ids().flatMap((id) => stores.presets.get(id) ?? [])
  return [
    ...stores.modelConfigs
      .list()
      .flatMap(({ name, settings }) => userOf({ kind: 'modelConfig', name }, [[null, fieldsOfSettings(settings)]])),
    ...presets.flatMap((preset) =>
      userOf(
        { kind: 'preset', name: preset.name },
        roleEntries(preset.roles).map(({ role }) => [role, valuesOf(roleFields(stores, preset, role))])
      )
    ),
    ...[...storiesThatDiffer(stores)].flatMap(([storyId, name]) => {
      const story = stores.stories.get(storyId)
      const preset = story && !story.deleted && presets.find(({ id }) => id === story.presetId)
      const overrides = overridesOf(stores, storyId)
      const roles = [...overrides].filter(([, fields]) => keyPaths.some((path) => fields.has(path)))
      if (!preset) return []
      return userOf(
        { kind: 'story', name },
        roles.map(([role]) => [role, valuesOf(roleFields(stores, preset, role, overrides))])
      )
    }),
  ]
}

const storiesThatDiffer = (stores: Stores): Map<StoryId, string> =>
  new Map(keyPaths.flatMap((path) => stores.overrides.at(path)).map(({ storyId, title }) => [storyId, title]))
