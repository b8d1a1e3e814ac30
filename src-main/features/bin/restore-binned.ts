import { BinError, FabulaError } from '@contract/errors'
import { ModelConfigId, ProviderId, StoryId, TemplateId, WorldEntryId } from '@contract/ids'
import { freeName, nameKey, freeSlug } from '@contract/names'
import type { BinnedKind, BinnedRow, BinnedTable } from '@main/data/bin-store'
import { settingsColumn } from '@main/data/model-config-store'
import { fallbackColumn } from '@main/data/preset-store'
import type { Stores } from '@main/data/stores'
import type { ProviderDirectory } from '@main/settings/provider-directory'

/** A row that is back, under the name that it has now. */
export interface RestoredRow {
  kind: BinnedKind
  id: string
  name: string
}

/**
 * Puts a preset, reusable settings or a provider back where they were. What they refer to comes back first when it is in
 * the bin as well; where it is gone for good, nothing is put back. A name that was taken meanwhile gets a number. Runs
 * inside the caller's transaction, and returns it first, then what came with it.
 */
export function restoreBinnedTx(
  ports: { stores: Stores; directory: ProviderDirectory },
  item: BinnedRow
): RestoredRow[] {
  const { stores } = ports
  const also: RestoredRow[] = []
  const contents = stores.bin.contents(item.id)

  const bringBack = (kind: BinnedKind, id: string) => {
    if (id === item.id || isThere(stores, kind, id)) return
    const needed = stores.bin.get(id)
    if (!needed)
      throw new FabulaError(BinError.NeedsGone, `What ${item.name} refers to was deleted for good`, {
        details: { name: item.name },
      })
    also.push(...restoreBinnedTx(ports, needed).toReversed())
  }
  for (const { kind, id } of contents.flatMap(neededBy)) bringBack(kind, id)

  const name = freeName(item.name, (wanted) => isTaken(ports, item.kind, wanted))
  const hasDefault = stores.presets.defaultId() !== null
  stores.bin.putBack(
    item.id,
    contents.filter(isOfStoryThatIsThere(stores)).map((row): BinnedTable => {
      const { table, columns } = row
      if (table === 'worlds') return { table, columns: { ...columns, name } }
      // One of the starter set may have no name of its own.
      if (table === 'templates') return { table, columns: { ...columns, name: columns['name'] == null ? null : name } }
      if (table === 'presets') return { table, columns: { ...columns, name, is_default: hasDefault ? 0 : 1 } }
      if (table === 'model_configs') return { table, columns: { ...columns, name } }
      if (table === 'providers') {
        const slug = typeof columns['slug'] === 'string' ? columns['slug'] : 'provider'
        return { table, columns: { ...columns, name, slug: freeSlug(slug, stores.providers.hasSlug) } }
      }
      return row
    })
  )
  return [{ kind: item.kind, id: item.id, name }, ...also]
}

function isThere(stores: Stores, kind: BinnedKind, id: string): boolean {
  const same = (row: { id: string }) => row.id === id
  switch (kind) {
    case 'provider':
      return stores.providers.get(ProviderId.parse(id)) !== null
    case 'modelConfig':
      return stores.modelConfigs.get(ModelConfigId.parse(id)) !== null
    case 'preset':
      return stores.presets.ids().some((one) => one === id)
    case 'world':
      return stores.worlds.summaries().some(same)
    case 'worldEntry':
      return stores.worlds.entry(WorldEntryId.parse(id)) !== null
    case 'template':
      return stores.templates.get(TemplateId.parse(id)) !== null
  }
}

/** A story may have been deleted for good since: what it took of a world is not put back. */
const isOfStoryThatIsThere =
  (stores: Stores) =>
  ({ columns: { story_id: story } }: BinnedTable): boolean =>
    story === undefined || stores.stories.get(StoryId.parse(story)) !== null

/**
 * What a row cannot be without: the settings that a role or a chain names, the provider that settings name, the world of
 * an entry.
 */
function neededBy({ table, columns }: BinnedTable): { kind: BinnedKind; id: string }[] {
  const { settings, model_config_id: config, fallback } = columns
  const needed: { kind: BinnedKind; id: string }[] = []
  if (typeof settings === 'string') {
    const { providerId } = settingsColumn.decode(settings)
    if (providerId) needed.push({ kind: 'provider', id: providerId })
  }
  const { world_id: world } = columns
  if (table === 'world_entries' && typeof world === 'string') needed.push({ kind: 'world', id: world })
  if (table === 'preset_roles' && typeof config === 'string') needed.push({ kind: 'modelConfig', id: config })
  if (table === 'presets' && typeof fallback === 'string')
    for (const id of Object.values(fallbackColumn.decode(fallback).chains).flat())
      needed.push({ kind: 'modelConfig', id })
  return needed
}

function isTaken(
  { stores, directory }: { stores: Stores; directory: ProviderDirectory },
  kind: BinnedKind,
  name: string
) {
  const same = (other: { name: string }) => nameKey(other.name) === nameKey(name)
  switch (kind) {
    case 'preset':
      return stores.presets.hasName(name)
    case 'modelConfig':
      return stores.modelConfigs.names().some(same)
    case 'provider':
      return directory.list().some(same)
    case 'world':
      return stores.worlds.hasName(name)
    case 'template':
      return stores.templates.list().some((one) => one.name !== null && same({ name: one.name }))
    case 'worldEntry':
      return false
  }
}
