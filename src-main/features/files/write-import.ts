import { z } from 'zod'
import { roleEntries, Preset } from '@contract/entities/preset'
import { ModelConfig } from '@contract/entities/model-config'
import { CommonError, FabulaError } from '@contract/errors'
import { World, WorldEntry } from '@contract/entities/world'
import { MessageId, StoryId, WorldId } from '@contract/ids'
import { Timestamp } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { ProviderRow } from '@main/data/provider-store'
import type { Resolution } from './resolve-import'
import { joinedTemplates, WrittenTemplate, writeTemplates } from './write-templates'

/** One row as an import left it, and as it was before; null where it was not there. */
const written = <Row extends z.ZodType>(row: Row) => z.strictObject({ before: row.nullable(), after: row })

/** All that is needed to take an import back exactly. */
export const WrittenImport = z.strictObject({
  providers: z.array(written(ProviderRow)),
  modelConfigs: z.array(written(ModelConfig)),
  /** With the stories that were based on it before. */
  presets: z.array(written(Preset).extend({ stories: z.array(StoryId) })),
  templates: z.array(WrittenTemplate).default([]),
  /** Those that were made; a world that was there is never changed itself. */
  worlds: z.array(World).default([]),
  entries: z.array(written(WorldEntry)).default([]),
  stories: z
    .array(z.strictObject({ id: StoryId, title: z.string(), headId: MessageId.nullable(), updatedAt: Timestamp }))
    .default([]),
  /** Stories that were here and took a world. */
  links: z.array(z.strictObject({ storyId: StoryId, worldId: WorldId })).default([]),
})
export type WrittenImport = z.infer<typeof WrittenImport>

export const nothingWritten: WrittenImport = {
  providers: [],
  modelConfigs: [],
  presets: [],
  templates: [],
  worlds: [],
  entries: [],
  stories: [],
  links: [],
}

/** What several imports, one after another, did to each row: as it was before the first, and as the last one left it. */
export function joinWritten(parts: readonly WrittenImport[]): WrittenImport {
  return {
    providers: joined(parts.flatMap(({ providers }) => providers)),
    modelConfigs: joined(parts.flatMap(({ modelConfigs }) => modelConfigs)),
    presets: joined(parts.flatMap(({ presets }) => presets)),
    templates: joinedTemplates(parts.flatMap(({ templates }) => templates)),
    worlds: parts.flatMap(({ worlds }) => worlds),
    entries: parts.flatMap(({ entries }) => entries),
    stories: parts.flatMap(({ stories }) => stories),
    links: parts.flatMap(({ links }) => links),
  }
}

function joined<Row extends { id: string }, One extends { before: Row | null; after: Row }>(
  writes: readonly One[]
): One[] {
  const byId = new Map<string, One>()
  for (const one of writes) {
    const { id } = one.after
    const earlier = byId.get(id)
    byId.set(id, earlier ? { ...earlier, after: one.after } : one)
  }
  return [...byId.values()]
}

/** Writes what an import came to. Runs inside the caller's transaction. */
export function writeImport(
  stores: Stores,
  { providers, modelConfigs, presets, templates }: Resolution,
  now: string
): WrittenImport {
  const result: WrittenImport = { ...nothingWritten, providers: [], modelConfigs: [], presets: [] }
  for (const { row, before } of providers) {
    if (before) stores.providers.update(row, now)
    else stores.providers.insert(row, now)
    result.providers.push({ before, after: stored(stores.providers.get(row.id)) })
  }
  for (const { row, before } of modelConfigs) {
    const dated = { ...row, createdAt: before?.createdAt ?? now, updatedAt: now }
    if (before) stores.modelConfigs.update(dated)
    else stores.modelConfigs.insert(dated)
    result.modelConfigs.push({ before, after: stored(stores.modelConfigs.get(row.id)) })
  }
  let needsDefault = stores.presets.defaultId() === null
  for (const { row, before } of presets) {
    const stories = stores.presets.storiesOf(row.id).map(({ id }) => id)
    const dated = {
      ...row,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
      isDefault: before?.isDefault ?? needsDefault,
    }
    if (before) replacePreset(stores, dated)
    else stores.presets.insert(dated)
    needsDefault = false
    result.presets.push({ before, after: stored(stores.presets.get(row.id)), stories })
  }
  result.templates = writeTemplates(stores, templates, now)
  return result
}

/** Writes a preset that is there already, with its roles. */
export function replacePreset(stores: Stores, preset: Preset): void {
  stores.presets.update(preset)
  for (const { role, value } of roleEntries(preset.roles)) stores.presets.setRole(preset.id, role, value)
}

function stored<Row>(row: Row | null): Row {
  if (row === null) throw new FabulaError(CommonError.Internal, 'What was just written is not there')
  return row
}
