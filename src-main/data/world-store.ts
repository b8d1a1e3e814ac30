import { z } from 'zod'
import {
  WorldFields,
  type PictureHash,
  type World,
  type WorldEntry,
  type WorldEntryKind,
  type WorldSummary,
} from '@contract/entities/world'
import type { StoryId, WorldEntryId, WorldId } from '@contract/ids'
import { nameKey } from '@contract/names'
import { JsonObject } from '@contract/values'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'
import { knownRows } from './known-rows'
import { toEntry, toStoredEntry, type StoredEntry } from './world-entry-rows'

export interface WorldStore {
  /** By name. */
  summaries(): WorldSummary[]
  get(id: WorldId): World | null
  /** Whether a world other than `except` has the name (contract `nameKey`). */
  hasName(name: string, except?: WorldId): boolean
  insert(world: World): void
  update(world: World): void
  /** The stories that take it, or something of it. */
  storiesOf(id: WorldId): StoryId[]
  /** Only the time of its last change. */
  touch(id: WorldId, now: string): void

  /** In their order; all kinds without one. */
  entries(id: WorldId, kind?: WorldEntryKind): WorldEntry[]
  entry(id: WorldEntryId): WorldEntry | null
  /** At the end of its kind. */
  addEntry(entry: WorldEntry): void
  updateEntry(entry: WorldEntry): void
  /** Before another one of its world and kind, or at their end. */
  moveEntry(entry: WorldEntry, before: WorldEntryId | null): void
  /** Whether an entry has a picture, one in the bin and one as a story has it among them. */
  hasPicture(hash: PictureHash): boolean
}

interface StoredWorld {
  id: WorldId
  name: string
  fields: string
  extra: string
  created_at: string
  updated_at: string
}

const extraColumn = jsonColumn(JsonObject, { otherwise: {} })
const worldColumn = jsonColumn(WorldFields, { otherwise: WorldFields.parse({}) })
function toWorld(row: StoredWorld): World {
  const reader = rowReader()
  return {
    ...reader.read('fields', worldColumn, row.fields),
    id: row.id,
    name: row.name,
    extra: reader.read('extra', extraColumn, row.extra),
    ...reader.note(),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function fieldsOfWorld({
  unreadable: _note,
  id: _id,
  name: _name,
  extra: _extra,
  createdAt: _at,
  updatedAt: _to,
  ...fields
}: World) {
  return fields
}

/** A world can have thousands of entries, and each turn reads them. */
const MOST_KNOWN = 20_000

const Counted = z.record(z.string(), z.number())

export function createWorldStore(db: Db): WorldStore {
  const read = knownRows<StoredEntry, WorldEntry>(toEntry, MOST_KNOWN)
  const summaries = db.prepare<[], StoredWorld & { counts: string; stories: number }>(
    `SELECT worlds.*,
       (SELECT json_group_object(kind, n) FROM
         (SELECT kind, count(*) AS n FROM world_entries WHERE world_id = worlds.id GROUP BY kind)) AS counts,
       (SELECT count(*) FROM story_worlds JOIN stories ON stories.id = story_id
        WHERE world_id = worlds.id AND deleted_at IS NULL) AS stories
     FROM worlds ORDER BY name COLLATE NOCASE, id`
  )
  const get = db.prepare<[WorldId], StoredWorld>('SELECT * FROM worlds WHERE id = ?')
  const names = db.prepare<[], { id: WorldId; name: string }>('SELECT id, name FROM worlds')
  const insert = db.prepare<[StoredWorld]>(
    'INSERT INTO worlds VALUES (@id, @name, @fields, @extra, @created_at, @updated_at)'
  )
  const update = db.prepare<[StoredWorld]>(
    'UPDATE worlds SET name = @name, fields = @fields, extra = @extra, updated_at = @updated_at WHERE id = @id'
  )
  const storiesOf = db.prepare<[{ id: WorldId }], { id: StoryId }>(
    `SELECT story_id AS id FROM story_worlds WHERE world_id = @id
     UNION SELECT story_id FROM story_entries JOIN world_entries ON world_entries.id = entry_id WHERE world_id = @id`
  )
  const touch = db.prepare<[string, WorldId]>('UPDATE worlds SET updated_at = ? WHERE id = ?')
  const entries = db.prepare<[{ id: WorldId; kind: WorldEntryKind | null }], StoredEntry>(
    `SELECT * FROM world_entries WHERE world_id = @id AND (@kind IS NULL OR kind = @kind) ORDER BY kind, position, id`
  )
  const entry = db.prepare<[WorldEntryId], StoredEntry>('SELECT * FROM world_entries WHERE id = ?')
  const addEntry = db.prepare<[StoredEntry]>(
    `INSERT INTO world_entries (id, world_id, kind, position, name, enabled, fields, extra, created_at, updated_at)
     VALUES (@id, @world_id, @kind,
       (SELECT coalesce(max(position), 0) + 1 FROM world_entries WHERE world_id = @world_id AND kind = @kind),
       @name, @enabled, @fields, @extra, @created_at, @updated_at)`
  )
  const updateEntry = db.prepare<[StoredEntry]>(
    `UPDATE world_entries SET name = @name, enabled = @enabled, fields = @fields, extra = @extra,
       updated_at = @updated_at WHERE id = @id`
  )
  const inOrder = db.prepare<[WorldId, WorldEntryKind], { id: WorldEntryId }>(
    'SELECT id FROM world_entries WHERE world_id = ? AND kind = ? ORDER BY position, id'
  )
  const place = db.prepare<[number, WorldEntryId]>('UPDATE world_entries SET position = ? WHERE id = ?')
  const hasPicture = db.prepare<[{ hash: PictureHash }], { found: 1 }>(
    `SELECT 1 AS found FROM world_entries WHERE kind <> 'lore' AND (instr(fields, @hash) > 0 OR instr(extra, @hash) > 0)
     UNION ALL SELECT 1 FROM story_differences WHERE instr(value, @hash) > 0
     UNION ALL SELECT 1 FROM bin WHERE instr(rows, @hash) > 0 LIMIT 1`
  )

  const toStoredWorld = (world: World, before?: StoredWorld): StoredWorld => ({
    id: world.id,
    name: world.name,
    fields: worldColumn.encodeOver(fieldsOfWorld(world), before?.fields),
    extra: extraColumn.encodeOver(world.extra, before?.extra),
    created_at: world.createdAt,
    updated_at: world.updatedAt,
  })

  return {
    storiesOf: (id) => storiesOf.all({ id }).map((row) => row.id),
    summaries: () =>
      summaries.all().map((row) => {
        const counts = Counted.parse(JSON.parse(row.counts))
        const { description, unreadable } = toWorld(row)
        return {
          id: row.id,
          name: row.name,
          description,
          entries: {
            character: counts['character'] ?? 0,
            place: counts['place'] ?? 0,
            persona: counts['persona'] ?? 0,
            lore: counts['lore'] ?? 0,
          },
          stories: row.stories,
          ...(unreadable ? { unreadable } : {}),
          updatedAt: row.updated_at,
        }
      }),
    get: (id) => {
      const row = get.get(id)
      return row ? toWorld(row) : null
    },
    hasName: (name, except) => names.all().some((one) => one.id !== except && nameKey(one.name) === nameKey(name)),
    insert: (world) => void insert.run(toStoredWorld(world)),
    update: (world) => void update.run(toStoredWorld(world, get.get(world.id))),
    touch: (id, now) => void touch.run(now, id),
    entries: (id, kind) => entries.all({ id, kind: kind ?? null }).map(read),
    entry: (id) => {
      const row = entry.get(id)
      return row ? read(row) : null
    },
    addEntry: (one) => void addEntry.run(toStoredEntry(one)),
    updateEntry: (one) => void updateEntry.run(toStoredEntry(one, entry.get(one.id))),
    moveEntry: (one, before) => {
      const others = inOrder.all(one.worldId, one.kind).filter(({ id }) => id !== one.id)
      const at = before === null ? others.length : others.findIndex(({ id }) => id === before)
      const order = others.toSpliced(at < 0 ? others.length : at, 0, { id: one.id })
      for (const [index, { id }] of order.entries()) place.run(index + 1, id)
    },
    hasPicture: (hash) => hasPicture.get({ hash }) !== undefined,
  }
}
