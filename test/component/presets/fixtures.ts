import { defaultFallback, type Preset, type PresetRole, type Role } from '@contract/entities/preset'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Token } from '@contract/entities/token'
import { ModelConfigId, PresetId, RoleId, TokenId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { JsonObject } from '@contract/values'
import { model, provider, providerId } from '@test/component/model-picker/catalogue'
import type { Handlers } from '@test/component/in-memory-bridge'

const at = '2026-01-01T00:00:00.000Z'
const number = (n: number) => String(n).padStart(12, '0')
export const presetId = (n: number) => PresetId.parse(`01990000-0002-7000-8000-${number(n)}`)
export const tokenId = (n: number) => TokenId.parse(`01990000-0003-7000-8000-${number(n)}`)

const words = (en: string) => ({ 'x-name': { en, ru: en }, 'x-help': { en: `${en}.`, ru: `${en}.` } })
const object = (properties: JsonObject): JsonObject => ({ type: 'object', properties, additionalProperties: false })

export const router = provider(1, 'openrouter', {
  name: 'OpenRouter',
  samplerSchema: object({
    temperature: { type: 'number', minimum: 0, maximum: 2, 'x-step': 0.05, 'x-default': 1, ...words('Temperature') },
    seed: { type: 'integer', minimum: 0, ...words('Seed') },
    top_a: { type: 'number', minimum: 0, maximum: 1, ...words('Top A') },
  }),
  settingsSchema: object({ allow_fallbacks: { type: 'boolean', ...words('Allow other hosts') } }),
})
export const mild = provider(2, 'mild', {
  name: 'Mild',
  keyRequired: false,
  samplerSchema: object({
    temperature: { type: 'number', minimum: 0, maximum: 1, 'x-step': 0.05, ...words('Temperature') },
  }),
})
export const sonnet = model(router, 'sonnet', { supportedParameters: ['temperature', 'seed'] })
export const gentle = model(mild, 'gentle')

export const role = (id: string, name: string, part: Partial<Role> = {}): Role => ({
  id: RoleId.parse(id),
  name: { en: name, ru: name },
  help: { en: `${name} works.`, ru: `${name} работает.` },
  kind: 'chat',
  switchable: true,
  takesPart: true,
  ...part,
})
export const roles = [
  role('main', 'Main', { switchable: false }),
  role('storyteller', 'Storyteller'),
  role('guard', 'Guard'),
]

export const place = (settings: PresetRole['settings'] = {}, enabled = true): PresetRole => ({
  enabled,
  modelConfigId: null,
  settings,
})
/** Roles by their ids as words. */
export const placed = (roles: Record<string, PresetRole>): Preset['roles'] =>
  Object.fromEntries(Object.entries(roles).map(([id, value]) => [RoleId.parse(id), value]))

export const onSonnet = { providerId: providerId(1), model: 'sonnet' }

export const preset = (n: number, part: Partial<Preset> = {}): Preset => ({
  id: presetId(n),
  name: `Preset ${n}`,
  description: '',
  isDefault: n === 1,
  roles: placed({ main: place(onSonnet), storyteller: place({}, false), guard: place({}, false) }),
  fallback: defaultFallback,
  createdAt: at,
  updatedAt: at,
  ...part,
})

export const configId = (n: number) => ModelConfigId.parse(`01990000-0004-7000-8000-${number(n)}`)
/** A model config as main lists it. */
export const config = (
  n: number,
  name: string,
  settings: ModelSettings = onSonnet,
  part: Partial<RouteOutput<'modelConfigs.list'>[number]> = {}
): RouteOutput<'modelConfigs.list'>[number] => ({
  id: configId(n),
  name,
  kind: 'chat',
  settings,
  users: [],
  createdAt: at,
  updatedAt: at,
  ...part,
})

/** The same, as main answers when it makes one. */
export function madeConfig(...facts: Parameters<typeof config>): RouteOutput<'modelConfigs.create'> {
  const { users: _users, ...made } = config(...facts)
  return made
}

export const token = (n: number, name: string): Token => ({
  id: tokenId(n),
  providerId: router.id,
  name,
  last4: `000${n}`,
  state: 'active',
  coolingUntil: null,
  needsKey: false,
  createdAt: at,
  lastUsedAt: null,
})

/** A small main process: presets that can be read and written. */
export function presetHandlers(presets: Preset[]): { handlers: Handlers; stored: Map<PresetId, Preset> } {
  const stored = new Map(presets.map((each) => [each.id, each]))
  const get = (id: PresetId): Preset => {
    const found = stored.get(id)
    if (!found) throw new Error(`no preset ${id}`)
    return found
  }
  const keep = (next: Preset): Preset => {
    stored.set(next.id, next)
    return next
  }
  const handlers: Handlers = {
    'roles.list': () => roles,
    'presets.list': () =>
      [...stored.values()].map(({ id, name, description, isDefault, roles: places, unreadable, updatedAt }) => ({
        id,
        name,
        description,
        isDefault,
        rolesOn: Object.values(places).filter(({ enabled }) => enabled).length,
        stories: 0,
        unreadable,
        updatedAt,
      })),
    'presets.get': ({ id }) => get(id),
    'presets.setRole': ({ id, role: name, value }) => keep({ ...get(id), roles: { ...get(id).roles, [name]: value } }),
    'presets.update': ({ id, patch }) => keep({ ...get(id), ...patch }),
    'presets.effective': () => [],
    'presets.effects': () => [],
    'modelConfigs.list': () => [],
    'stories.list': () => [],
    'providers.list': () => [router, mild],
    'models.list': () => [sonnet, gentle],
    'servers.list': () => [],
    'tokens.list': () => [token(1, 'home'), token(2, 'spare')],
  }
  return { handlers, stored }
}
