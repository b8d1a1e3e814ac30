import type { EffectiveRole, StorySettings } from '@contract/entities/effective'
import type { Role } from '@contract/entities/preset'
import type { Provider } from '@contract/entities/provider'
import { RoleId } from '@contract/ids'
import { createInMemoryBridge, type Handlers, type InMemoryBridge } from '@test/component/in-memory-bridge'
import { emptyApp, model, openRouter, otherTokenId, preset, story, token } from '@test/component/sample-data'

export const main = RoleId.parse('main')
export const storyteller = RoleId.parse('storyteller')

export const provider: Provider = {
  ...openRouter,
  samplerSchema: {
    type: 'object',
    properties: {
      temperature: { type: 'number', minimum: 0, maximum: 2, 'x-name': { en: 'Temperature', ru: 'Температура' } },
      top_p: { type: 'number', minimum: 0, maximum: 1, 'x-name': 'Top P', 'x-default': 1 },
      min_p: { type: 'number', minimum: 0, maximum: 1, 'x-name': 'Min P' },
      stop: { type: 'array', items: { type: 'string' }, 'x-name': 'Stop' },
    },
  },
  settingsSchema: {
    type: 'object',
    properties: {
      routing: {
        type: 'object',
        'x-name': 'Routing',
        properties: {
          sort: { enum: ['price', 'speed'], 'x-name': 'Sort by' },
          fallbacks: { type: 'boolean', 'x-name': 'Other providers' },
        },
      },
    },
  },
}

const role = (id: RoleId, name: string, switchable: boolean): Role => ({
  id,
  name: { en: name, ru: name },
  help: { en: `${name} works.`, ru: `${name} работает.` },
  kind: 'chat',
  switchable,
  takesPart: true,
})

export const given = (value: EffectiveRole['fields'][string]['value'], origin = 'preset' as const) => ({
  value,
  origin,
})

export const mainView: EffectiveRole = {
  role: main,
  fields: {
    enabled: given(true),
    providerId: given(provider.id),
    model: given('anthropic/claude'),
    'samplers.temperature': given(0.8),
    'samplers.stop': given(['***']),
    'samplers.top_p': { value: 0.9, origin: 'modelConfig' },
    'settings.routing': given({ sort: 'price', fallbacks: true }),
  },
  overrides: {},
}
export const tellerView: EffectiveRole = { role: storyteller, fields: { enabled: given(false) }, overrides: {} }

/** The role with a value of the story's own. */
export const overridden = (
  view: EffectiveRole,
  path: string,
  override: { value: EffectiveRole['overrides'][string]['value']; base?: number; inherited?: number | null }
): EffectiveRole => {
  const below = view.fields[path]?.value ?? null
  const { value, base = below, inherited = below } = override
  const { [path]: _gone, ...rest } = view.fields
  return {
    ...view,
    fields: value === null ? rest : { ...rest, [path]: { value, origin: 'story' } },
    overrides: { ...view.overrides, [path]: { value, base, inherited, outdated: base !== inherited } },
  }
}

/** The role after a change of one field, as main lays it over the preset. */
function changed(view: EffectiveRole, path: string, value: EffectiveRole['overrides'][string]['value']): EffectiveRole {
  const { [path]: before, ...others } = view.overrides
  const preset = before ? before.inherited : (view.fields[path]?.value ?? null)
  const { [path]: _gone, ...rest } = view.fields
  const fields = preset === null ? rest : { ...rest, [path]: given(preset) }
  const plain = { ...view, fields, overrides: others }
  if (JSON.stringify(value) === JSON.stringify(preset)) return plain
  return {
    ...plain,
    fields: value === null ? rest : { ...rest, [path]: { value, origin: 'story' } },
    overrides: { ...others, [path]: { value, base: preset, inherited: preset, outdated: false } },
  }
}

/** A bridge to a story whose settings a test gives; changes are laid over them as main does. */
export function createSettingsBridge(
  views: EffectiveRole[] = [mainView, tellerView],
  handlers: Handlers = {}
): InMemoryBridge {
  let roles = views
  const settings = (): StorySettings => ({ presetId: preset.id, presetName: 'Gothic, slow', roles })
  return createInMemoryBridge({
    ...emptyApp,
    'providers.list': () => [provider],
    'tokens.list': () => [token(), token({ id: otherTokenId, name: 'spare', last4: '07c2' })],
    'models.list': () => [model()],
    'modelConfigs.list': () => [],
    'roles.list': () => [role(main, 'Main', false), role(storyteller, 'Storyteller', true)],
    'presets.get': () => preset,
    'stories.get': () => story,
    'stories.settings': settings,
    'stories.override': ({ role, changes }) => {
      roles = roles.map((view) =>
        view.role === role
          ? Object.entries(changes).reduce((laid, [path, value]) => changed(laid, path, value), view)
          : view
      )
      return settings()
    },
    'stories.resetOverrides': settings,
    ...handlers,
  })
}
