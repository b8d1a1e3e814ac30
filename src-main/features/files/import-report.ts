import type { RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import type { Resolution } from './resolve-import'
import type { WorldResolution } from './resolve-worlds'
import type { WrittenImport } from './write-import'

/** What an import brought, and whether it brought anything at all. */
export function importReport(
  stores: Stores,
  undoId: string,
  resolutions: readonly Pick<Resolution, 'dropped' | 'changes' | 'skipped'>[],
  { worldId, skipped }: WorldResolution,
  { providers, modelConfigs, presets, templates, entries, stories, links }: WrittenImport
): { report: RouteOutput<'files.import'>; isEmpty: boolean } {
  const rows = [...providers, ...modelConfigs, ...presets, ...templates, ...entries]
  const world = entries.length + links.length > 0 && worldId !== null ? stores.worlds.get(worldId) : null
  const [link] = links
  const takenBy = link ? stores.stories.get(link.storyId) : null
  return {
    isEmpty: rows.length + stories.length + links.length === 0,
    report: {
      undoId,
      presets: presets.map(({ after: { id, name } }) => ({ id, name })),
      templates: templates.map(({ after: { id, name, starter } }) => ({ id, name: name ?? starter ?? '' })),
      modelConfigs: modelConfigs.map(({ after: { id, name } }) => ({ id, name })),
      providers: providers.map(({ after: { id, name, slug } }) => ({ id, name: name ?? slug })),
      characters: entries.flatMap(({ after: { kind, id, worldId: into, name } }) =>
        kind === 'character' ? [{ id, worldId: into, name }] : []
      ),
      lore: entries.filter(({ after }) => after.kind === 'lore').length,
      world: world && { id: world.id, name: world.name },
      takenBy: takenBy && { id: takenBy.id, title: takenBy.title },
      stories: stories.map(({ id, title }) => ({ id, title })),
      replaced: rows.filter(({ before }) => before !== null).length,
      skipped: resolutions.reduce((sum, one) => sum + one.skipped, 0) + skipped,
      dropped: resolutions.flatMap(({ dropped }) => dropped),
      changes: resolutions.flatMap(({ changes }) => changes),
    },
  }
}
