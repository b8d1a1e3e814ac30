import {
  CharacterFields,
  LoreFields,
  PersonaFields,
  PlaceFields,
  type WorldEntry,
  type WorldEntryKind,
} from '@contract/entities/world'
import type { WorldEntryId, WorldId } from '@contract/ids'
import { JsonObject } from '@contract/values'
import { jsonColumn, rowReader } from './json-column'

/** A row of `world_entries`; its order among the others is for the store. */
export interface StoredEntry {
  id: WorldEntryId
  world_id: WorldId
  kind: WorldEntryKind
  name: string
  enabled: 0 | 1
  fields: string
  extra: string
  created_at: string
  updated_at: string
}

const extraColumn = jsonColumn(JsonObject, { otherwise: {} })
const columns = {
  character: jsonColumn(CharacterFields, { otherwise: CharacterFields.parse({}) }),
  place: jsonColumn(PlaceFields, { otherwise: PlaceFields.parse({}) }),
  persona: jsonColumn(PersonaFields, { otherwise: PersonaFields.parse({}) }),
  lore: jsonColumn(LoreFields, { otherwise: LoreFields.parse({}) }),
}

export function toEntry(row: StoredEntry): WorldEntry {
  const reader = rowReader()
  const common = {
    id: row.id,
    worldId: row.world_id,
    name: row.name,
    enabled: row.enabled === 1,
    extra: reader.read('extra', extraColumn, row.extra),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
  switch (row.kind) {
    case 'character':
      return {
        ...common,
        kind: 'character',
        fields: reader.read('fields', columns.character, row.fields),
        ...reader.note(),
      }
    case 'place':
      return { ...common, kind: 'place', fields: reader.read('fields', columns.place, row.fields), ...reader.note() }
    case 'persona':
      return {
        ...common,
        kind: 'persona',
        fields: reader.read('fields', columns.persona, row.fields),
        ...reader.note(),
      }
    case 'lore':
      return { ...common, kind: 'lore', fields: reader.read('fields', columns.lore, row.fields), ...reader.note() }
  }
}

function encodedFields(entry: WorldEntry, before: string | undefined): string {
  switch (entry.kind) {
    case 'character':
      return columns.character.encodeOver(entry.fields, before)
    case 'place':
      return columns.place.encodeOver(entry.fields, before)
    case 'persona':
      return columns.persona.encodeOver(entry.fields, before)
    case 'lore':
      return columns.lore.encodeOver(entry.fields, before)
  }
}

/** @param before the row as it is stored, of which what cannot be read is kept */
export const toStoredEntry = (one: WorldEntry, before?: StoredEntry): StoredEntry => ({
  id: one.id,
  world_id: one.worldId,
  kind: one.kind,
  name: one.name,
  enabled: one.enabled ? 1 : 0,
  fields: encodedFields(one, before?.fields),
  extra: extraColumn.encodeOver(one.extra, before?.extra),
  created_at: one.createdAt,
  updated_at: one.updatedAt,
})
