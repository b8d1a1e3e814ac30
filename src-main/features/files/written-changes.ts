import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import { configsOfPreset } from '@main/settings/users-of'
import type { WrittenImport } from './write-import'

type Changes = Parameters<EventHub['changed']>

/** What is told to have changed when an import is written, or taken back. */
export function writtenChanges(
  stores: Stores,
  { providers, modelConfigs, presets, templates, worlds, entries, stories, links }: WrittenImport
): Changes {
  const states = presets.flatMap(({ before, after }) => (before ? [before, after] : [after]))
  const storyIds = [...stories.map(({ id }) => id), ...links.map(({ storyId }) => storyId)]
  const worldIds = new Set([
    ...worlds.map(({ id }) => id),
    ...entries.map(({ after }) => after.worldId),
    ...links.map(({ worldId }) => worldId),
  ])
  return [
    { topic: 'providers', ids: providers.map(({ after }) => after.id) },
    {
      topic: 'modelConfigs',
      ids: [...modelConfigs.map(({ after }) => after.id), ...states.flatMap(configsOfPreset)],
    },
    // Another one may have become the default, and each preset says how many stories it has.
    { topic: 'presets', ids: [...states.map(({ id }) => id), ...stores.presets.ids()] },
    { topic: 'models', ids: providers.flatMap(({ after }) => stores.models.idsOf(after.id)) },
    { topic: 'tokens', ids: providers.flatMap(({ after }) => stores.tokens.ofProvider(after.id).map(({ id }) => id)) },
    ...(templates.length > 0 ? [{ topic: 'templates' as const, ids: templates.map(({ after }) => after.id) }] : []),
    ...(worldIds.size > 0 ? [{ topic: 'worlds' as const, ids: [...worldIds] }] : []),
    ...(storyIds.length > 0 ? [{ topic: 'stories' as const, ids: storyIds }] : []),
  ]
}
