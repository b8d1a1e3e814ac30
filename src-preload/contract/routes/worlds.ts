import { z } from 'zod'
import { command, query } from '../route'
import {
  EntryPatch,
  EntrySummary,
  Picture,
  PictureHash,
  World,
  WorldEntry,
  WorldEntryKind,
  WorldPatch,
  WorldSummary,
} from '../entities/world'
import { WorldEntryId, WorldId } from '../ids'
import { JsonObject, Language, Name, Nothing } from '../values'

const byWorld = z.strictObject({ worldId: WorldId })
const byEntry = z.strictObject({ worldId: WorldId, id: WorldEntryId })
const aboutWorld = { about: { worlds: 'worldId' } } as const

/** Base64 of a picture of at most 16 MiB. */
const PictureData = z.base64().max(22_400_000)

const Entries = z.array(WorldEntryId).min(1).max(10_000)

export const worldRoutes = {
  /** By name. */
  'worlds.list': query(Nothing, z.array(WorldSummary), ['worlds', 'stories']),
  'worlds.get': query(byWorld, World, ['worlds'], aboutWorld),
  /** Without a name: one in the language of the app, numbered when taken. */
  'worlds.create': command(z.strictObject({ name: Name.optional(), language: Language }), World),
  'worlds.update': command(z.strictObject({ worldId: WorldId, patch: WorldPatch }), World),
  /** With all its entries. */
  'worlds.duplicate': command(byWorld, World),
  /** Kept in the bin for 30 days. Stories that take it go on without it. */
  'worlds.delete': command(byWorld, Nothing),

  /** In the order that the writer gave them. */
  'worlds.entries': query(
    z.strictObject({ worldId: WorldId, kind: WorldEntryKind }),
    z.array(EntrySummary),
    ['worlds'],
    aboutWorld
  ),
  'worlds.entry': query(byEntry, WorldEntry, ['worlds'], aboutWorld),
  /** Stands at the end of its kind. Without a name: one in the language of the app. */
  'worlds.addEntry': command(
    z.strictObject({
      worldId: WorldId,
      kind: WorldEntryKind,
      name: Name.optional(),
      language: Language,
      fields: JsonObject.default({}),
    }),
    WorldEntry
  ),
  'worlds.updateEntry': command(z.strictObject({ worldId: WorldId, id: WorldEntryId, patch: EntryPatch }), WorldEntry),
  'worlds.duplicateEntry': command(byEntry, WorldEntry),
  /** Kept in the bin for 30 days, each by itself. */
  'worlds.deleteEntries': command(z.strictObject({ worldId: WorldId, ids: Entries }), Nothing),
  /** Puts an entry before another one of its kind; at the end for null. */
  'worlds.moveEntry': command(
    z.strictObject({ worldId: WorldId, id: WorldEntryId, before: WorldEntryId.nullable() }),
    Nothing
  ),
  /** PNG, JPEG, WebP or GIF; null takes it away. */
  'worlds.setPicture': command(
    z.strictObject({ worldId: WorldId, id: WorldEntryId, data: PictureData.nullable() }),
    WorldEntry
  ),
  'worlds.picture': query(z.strictObject({ hash: PictureHash }), Picture, []),
}
