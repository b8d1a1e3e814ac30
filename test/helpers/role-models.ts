import type { ModelSettings, RoleWork } from '@contract/entities/model-config'
import type { Preset } from '@contract/entities/preset'
import type { Story } from '@contract/entities/story'
import { RoleId } from '@contract/ids'
import type { Language } from '@contract/values'
import { fakeProvider, placed } from './test-story'
import type { TurnStage } from './turn-stage'

export { createRoleModels, type RoleModels } from './role-scripts'

/** A role that is on, and how it works; null for one that is off. */
export type Cast = Partial<Record<'storyteller' | 'guard' | 'rag' | 'director', RoleWork | null>>

export interface CastOptions {
  useMainForUnset?: boolean
  language?: Language
  main?: ModelSettings
}

/** A story whose roles each ask the model of their name. */
export async function storyWithCast(
  { app, fake }: TurnStage,
  cast: Cast,
  { useMainForUnset = true, language = 'en', main = {} }: CastOptions = {}
): Promise<Story & { preset: Preset }> {
  const settings = await fakeProvider(app, fake.url)
  const roles = Object.entries(cast).map(([role, work]) => [
    role,
    placed({ ...settings, model: role, ...(work ? { work } : {}) }, work !== null),
  ])
  const preset = await app.ask('presets.create', {
    name: `Cast ${fake.url}`,
    roles: { main: placed({ ...settings, model: 'main', ...main }), ...Object.fromEntries(roles) },
  })
  if (!useMainForUnset)
    await app.ask('presets.update', {
      id: preset.id,
      patch: { fallback: { ...preset.fallback, useMainForUnset } },
    })
  const story = await app.ask('stories.create', { language, presetId: preset.id })
  return { ...story, preset }
}

export const roleId = (name: string): RoleId => RoleId.parse(name)
