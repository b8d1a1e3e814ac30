import { z } from 'zod'
import { ModelFacts, OwnPrice, type Model } from '@contract/entities/model'
import type { ProviderId, ServerId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'
import { knownRows } from './known-rows'
import { readAnew, type Remember } from './remembered-reads'

export interface SyncCount {
  added: number
  changed: number
  vanished: number
}

/** What a look at a list came to, and the models that are otherwise since. */
export interface Synced {
  count: SyncCount
  ids: string[]
}

/** What the user says of a model over what its provider says. */
const ModelEdits = z.strictObject({
  name: z.string().optional(),
  contextLength: z.number().int().optional(),
  price: OwnPrice.optional(),
})
export type ModelEdits = z.infer<typeof ModelEdits>

/**
 * What calls taught about a model that its provider does not list. It holds as long as the listed facts stay the same.
 */
const ModelLessons = z.strictObject({
  /** Settings that the provider refused by name. */
  refused: z.array(z.string()).optional(),
  /** Tokens, from an error about a text that was too long. */
  contextLength: z.number().int().positive().optional(),
})
export type ModelLessons = z.infer<typeof ModelLessons>

/** Whose models: one provider's, or one of its servers'. */
export interface ModelSource {
  providerId: ProviderId
  serverId: ServerId | null
  /** What stands before the model's name in its id. */
  idPrefix: string
}

export interface ModelStore {
  /** Of one provider, or of one server; with `ids`, those of them alone. */
  list(of?: {
    providerId?: ProviderId | undefined
    serverId?: ServerId | undefined
    ids?: readonly string[] | undefined
  }): Model[]
  idsOf(providerId: ProviderId): string[]
  get(id: string): Model | null
  find(providerId: ProviderId, serverId: ServerId | null, model: string): Model | null
  /** Models of every server of the provider that carry this name. */
  named(providerId: ProviderId, model: string): readonly Model[]
  /** Those of any provider that carry this name, and that it lists now. */
  called(model: string): readonly Model[]
  count(serverId: ServerId): number
  /** How many models each provider lists now. */
  counts(): { providerId: ProviderId; models: number }[]
  /**
   * What the available models of each server can do, all together: their capabilities, and `embedding` for models that
   * make vectors. Sorted. Read without decoding a model.
   */
  serverAbilities(): Map<ServerId, string[]>
  /** Adds one by hand. */
  insert(source: ModelSource, facts: ModelFacts, now: string): Model
  /** Puts edits in the place of those before, and sets the switch. */
  edit(id: string, edits: ModelEdits, enabled: boolean): void
  edits(id: string): ModelEdits
  lessons(id: string): ModelLessons
  /** Puts lessons in the place of those before. */
  learn(id: string, lessons: ModelLessons): void
  remove(id: string): void
  /**
   * Makes the list of one source what was just listed, in one transaction: writes what is new or different, marks as
   * unavailable what is gone, and leaves alone what the user added, edited or switched off; a row that is the same is not
   * written.
   *
   * @param before when the list was read last: until then a model that is gone now was seen; null when nobody knows
   */
  sync(source: ModelSource, listed: readonly ModelFacts[], now: string, before: string | null): Synced
}

interface Stored {
  id: string
  provider_id: ProviderId
  server_id: ServerId | null
  model: string
  facts: string
  available: 0 | 1
  first_seen: string
  last_seen: string
  enabled: 0 | 1
  source: Model['source']
  edits: string
  lessons: string
}

/** Until the provider is asked again, which makes the row whole. */
const unknownFacts: ModelFacts = {
  model: '',
  name: '',
  kind: 'chat',
  contextLength: null,
  maxOutput: null,
  supportedParameters: null,
  capabilities: [],
  price: null,
  size: null,
  quantization: null,
  local: false,
}
const factsColumn = jsonColumn(ModelFacts, { otherwise: unknownFacts })
const editsColumn = jsonColumn(ModelEdits, { otherwise: {} })
const lessonsColumn = jsonColumn(ModelLessons, { otherwise: {} })

const fromStored = (row: Stored): Model => {
  const reader = rowReader()
  const edits = reader.read('edits', editsColumn, row.edits)
  const { refused = [], ...learned } = reader.read('lessons', lessonsColumn, row.lessons)
  const facts = reader.read('facts', factsColumn, row.facts)
  return {
    ...(facts === unknownFacts ? { ...facts, model: row.model, name: row.model } : facts),
    ...learned,
    ...edits,
    refused,
    id: row.id,
    providerId: row.provider_id,
    serverId: row.server_id,
    available: row.available === 1,
    enabled: row.enabled === 1,
    source: row.source,
    edited: (['name', 'contextLength', 'price'] as const).filter((field) => edits[field] !== undefined),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    ...reader.note(),
  }
}

/** A catalogue of several providers with thousands of models. */
const MOST_KNOWN = 20_000

export function createModelStore(db: Db, remember: Remember = readAnew): ModelStore {
  const read = knownRows(fromStored, MOST_KNOWN)
  const list = db.prepare<[{ providerId: ProviderId | null; serverId: ServerId | null; ids: string | null }], Stored>(
    `SELECT * FROM models WHERE (@providerId IS NULL OR provider_id = @providerId)
       AND (@serverId IS NULL OR server_id = @serverId)
       AND (@ids IS NULL OR id IN (SELECT value FROM json_each(@ids))) ORDER BY id`
  )
  const idsOf = db.prepare<[ProviderId], { id: string }>('SELECT id FROM models WHERE provider_id = ?')
  const get = db.prepare<[string], Stored>('SELECT * FROM models WHERE id = ?')
  const find = db.prepare<[ProviderId, ServerId | null, string], Stored>(
    'SELECT * FROM models WHERE provider_id = ? AND server_id IS ? AND model = ?'
  )
  const named = db.prepare<[ProviderId, string], Stored>('SELECT * FROM models WHERE provider_id = ? AND model = ?')
  const called = db.prepare<[string], Stored>('SELECT * FROM models WHERE model = ? AND available = 1')
  const count = db.prepare<[ServerId], { n: number }>(
    'SELECT count(*) AS n FROM models WHERE server_id = ? AND available = 1'
  )
  const counts = db.prepare<[], { providerId: ProviderId; models: number }>(
    'SELECT provider_id AS providerId, count(*) AS models FROM models WHERE available = 1 GROUP BY provider_id'
  )
  const abilities = db.prepare<[], { server_id: ServerId; ability: string }>(
    `SELECT DISTINCT server_id, iif(facts ->> '$.value.kind' = 'embedding', 'embedding', can.value) AS ability
     FROM models LEFT JOIN json_each(models.facts, '$.value.capabilities') AS can
     WHERE server_id IS NOT NULL AND available = 1 AND json_valid(facts) AND ability IS NOT NULL
     ORDER BY server_id, ability`
  )
  const ofSource = db.prepare<[ProviderId, ServerId | null], Stored>(
    'SELECT * FROM models WHERE provider_id = ? AND server_id IS ?'
  )
  const insert = db.prepare<[Stored]>(
    `INSERT INTO models (id, provider_id, server_id, model, facts, available, first_seen, last_seen, enabled, source, edits, lessons)
     VALUES (@id, @provider_id, @server_id, @model, @facts, @available, @first_seen, @last_seen, @enabled, @source, @edits, @lessons)`
  )
  const change = db.prepare<[Pick<Stored, 'id' | 'facts' | 'lessons'> & { now: string }]>(
    `UPDATE models SET facts = @facts, available = 1, source = 'synced', last_seen = @now,
       lessons = CASE WHEN facts = @facts THEN lessons ELSE @lessons END WHERE id = @id`
  )
  const vanish = db.prepare<[{ id: string; before: string | null }]>(
    'UPDATE models SET available = 0, last_seen = max(last_seen, ifnull(@before, last_seen)) WHERE id = @id'
  )
  const edit = db.prepare<[string, 0 | 1, string]>('UPDATE models SET edits = ?, enabled = ? WHERE id = ?')
  const learn = db.prepare<[string, string]>('UPDATE models SET lessons = ? WHERE id = ?')
  const remove = db.prepare<[string]>('DELETE FROM models WHERE id = ?')

  const rowOf = (source: ModelSource, facts: ModelFacts, now: string, origin: Model['source']): Stored => ({
    id: `${source.idPrefix}/${facts.model}`,
    provider_id: source.providerId,
    server_id: source.serverId,
    model: facts.model,
    facts: factsColumn.encode(facts),
    available: 1,
    first_seen: now,
    last_seen: now,
    enabled: 1,
    source: origin,
    edits: editsColumn.encode({}),
    lessons: lessonsColumn.encode({}),
  })

  return {
    list: ({ providerId = null, serverId = null, ids } = {}) =>
      list.all({ providerId, serverId, ids: ids ? JSON.stringify(ids) : null }).map(read),
    idsOf: (providerId) => idsOf.all(providerId).map(({ id }) => id),
    get: (id) => {
      const row = get.get(id)
      return row ? read(row) : null
    },
    find: remember('models', (providerId: ProviderId, serverId: ServerId | null, model: string) => {
      const row = find.get(providerId, serverId, model)
      return row ? read(row) : null
    }),
    named: remember('models', (providerId: ProviderId, model: string): readonly Model[] =>
      named.all(providerId, model).map(read)
    ),
    called: remember('models', (model: string): readonly Model[] => called.all(model).map(read)),
    count: (serverId) => count.get(serverId)?.n ?? 0,
    counts: () => counts.all(),
    serverAbilities: () => {
      const found = new Map<ServerId, string[]>()
      for (const { server_id, ability } of abilities.all()) {
        const known = found.get(server_id)
        if (known) known.push(ability)
        else found.set(server_id, [ability])
      }
      return found
    },
    insert: (source, facts, now) => {
      const row = rowOf(source, facts, now, 'manual')
      insert.run(row)
      return fromStored(row)
    },
    edit: (id, edits, enabled) => void edit.run(editsColumn.encodeOver(edits, get.get(id)?.edits), enabled ? 1 : 0, id),
    edits: (id) => {
      const row = get.get(id)
      return row ? editsColumn.decode(row.edits) : {}
    },
    lessons: (id) => {
      const row = get.get(id)
      return row ? lessonsColumn.decode(row.lessons) : {}
    },
    learn: (id, lessons) => void learn.run(lessonsColumn.encodeOver(lessons, get.get(id)?.lessons), id),
    remove: (id) => void remove.run(id),
    sync: (source, listed, now, before) =>
      db.transaction((): Synced => {
        const known = new Map(ofSource.all(source.providerId, source.serverId).map((row) => [row.id, row]))
        const result = { added: 0, changed: 0, vanished: 0 }
        const ids: string[] = []
        for (const facts of new Map(listed.map((one) => [one.model, one])).values()) {
          const fresh = rowOf(source, facts, now, 'synced')
          const row = known.get(fresh.id)
          if (!row) {
            insert.run(fresh)
            ids.push(fresh.id)
            result.added += 1
          } else if (row.facts !== fresh.facts || row.available === 0 || row.source === 'manual') {
            change.run({ id: row.id, facts: fresh.facts, lessons: fresh.lessons, now })
            ids.push(row.id)
            result.changed += 1
          }
          known.delete(fresh.id)
        }
        for (const row of known.values())
          if (row.available === 1 && row.source === 'synced') {
            vanish.run({ id: row.id, before })
            ids.push(row.id)
            result.vanished += 1
          }
        return { count: result, ids }
      })(),
  }
}
