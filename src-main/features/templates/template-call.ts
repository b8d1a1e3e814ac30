import type { GenerationModel } from '@contract/entities/generation'
import type { ModelConfig, ModelSettings } from '@contract/entities/model-config'
import { defaultFallback, type Preset } from '@contract/entities/preset'
import type { Story } from '@contract/entities/story'
import type { TemplateContent, TemplateModel } from '@contract/entities/template'
import { FabulaError, TemplateError } from '@contract/errors'
import type { ModelConfigId, RoleId, StoryId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import { configName, modelName, presetRoleName } from '@main/gateway/canonical-name'
import type { Failover, FailoverCall } from '@main/routing/failover'
import { MAIN, type RoleRegistry } from '@main/settings/role-registry'
import { roleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'

/** Who is asked with a template, and with what settings. */
export type TemplateCall = Pick<FailoverCall, 'role' | 'settings' | 'fallback'>

/** Where the models of templates are found. */
export interface ModelSources {
  stores: Stores
  roles: RoleRegistry
}

/**
 * The model of a template: that of a role, in the story's preset or the default one; or that of reusable settings. With
 * `asked`, another one in its place, and no backup model takes over from that.
 */
export function templateCall(
  { stores, roles }: ModelSources,
  { model, settings }: Pick<TemplateContent, 'model' | 'settings'>,
  storyId: StoryId | null,
  asked: GenerationModel | null = null
): TemplateCall {
  if (asked && 'providerId' in asked)
    return { role: null, settings: { ...settings, ...asked }, fallback: defaultFallback }
  if (asked) return configCall(stores, asked.modelConfigId, settings)
  if (model.kind === 'config') return configCall(stores, model.id, settings)
  const { story, preset } = presetOf(stores, storyId)
  const overrides = story ? overridesOf(stores, story.id) : new Map<never, never>()
  const role = answering(roles, model.role)
  const own = roleSettings(stores, preset, role, overrides)
  return { role, settings: withOwn(own.settings, settings), fallback: preset.fallback }
}

/** How programs call the model of a template: what a key may use is said by these names. */
export function templateModelName(
  { stores, roles }: ModelSources,
  { model }: Pick<TemplateContent, 'model'>,
  storyId: StoryId | null,
  asked: GenerationModel | null
): string {
  if (asked && 'providerId' in asked) {
    const provider = stores.providers.get(asked.providerId)
    const server = asked.serverId === undefined ? null : stores.servers.get(asked.serverId)
    return modelName(provider?.slug ?? '', asked.model, server)
  }
  if (asked) return configName(configOf(stores, asked.modelConfigId))
  if (model.kind === 'config') return configName(configOf(stores, model.id))
  return presetRoleName(presetOf(stores, storyId).preset, answering(roles, model.role))
}

/** The model that a template asks without a story, and what stands in the way of asking it. Nothing is called. */
export function modelOfTemplate(
  { failover, ...sources }: ModelSources & { failover: Pick<Failover, 'plan'> },
  model: TemplateModel
): RouteOutput<'templates.model'> {
  let settings: ModelSettings | null = null
  try {
    const call = templateCall(sources, { model, settings: {} }, null)
    settings = call.settings
    failover.plan(call)
    return { settings, error: null }
  } catch (error) {
    if (error instanceof FabulaError) return { settings, error: error.toShape() }
    throw error
  }
}

/** The role that answers: the Writer in the place of one that there is not, of a file from elsewhere. */
const answering = (roles: RoleRegistry, role: RoleId): RoleId => (roles.hasChat(role) ? role : MAIN)

function presetOf(stores: Stores, storyId: StoryId | null): { story: Story | null; preset: Preset } {
  const story = storyId === null ? null : stores.stories.get(storyId)
  const presetId = story?.presetId ?? stores.presets.defaultId()
  const preset = presetId === null ? null : stores.presets.get(presetId)
  if (!preset) throw new FabulaError(TemplateError.NoPreset, 'There is no preset to take a model from')
  return { story, preset }
}

function configOf(stores: Stores, id: ModelConfigId | null): ModelConfig {
  const config = id === null ? null : stores.modelConfigs.get(id)
  if (!config)
    throw new FabulaError(TemplateError.NoModel, 'The reusable settings of the template are gone', {
      details: { path: 'model' },
    })
  return config
}

function configCall(stores: Stores, id: ModelConfigId | null, settings: TemplateContent['settings']): TemplateCall {
  const config = configOf(stores, id)
  return { role: null, settings: withOwn(config.settings, settings), fallback: defaultFallback }
}

/** Settings with those of the template over them, field by field. */
const withOwn = (settings: ModelSettings, own: TemplateContent['settings']): ModelSettings => ({
  ...settings,
  ...own,
  samplers: { ...settings.samplers, ...own.samplers },
  custom: { ...settings.custom, ...own.custom },
  settings: { ...settings.settings, ...own.settings },
  timeouts: { ...settings.timeouts, ...own.timeouts },
})
