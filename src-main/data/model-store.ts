import { ModelFacts, type Model } from '@contract/entities/model'
import type { ProviderId, ServerId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn } from './json-column'

export interface SyncCount {
  added: number
  changed: number
  vanished: number
}

export interface ModelStore {
  list(): Model[]
  find(providerId: ProviderId, serverId: ServerId | null, model: string): Model | null
  /** Models of every server of the provider that carry this name. */
  named(providerId: ProviderId, model: string): Model[]
  count(serverId: ServerId): number
  /**
   * Makes the list of one provider, or of one of its servers, what was just listed, in one transaction: writes what is
   * new or different and marks as unavailable what is gone; a row that is the same is not written.
   */
  sync(
    source: { providerId: ProviderId; serverId: ServerId | null; idPrefix: string },
    listed: readonly ModelFacts[],
    now: string
  ): SyncCount
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
}

const factsColumn = jsonColumn(ModelFacts)

const fromStored = (row: Stored): Model => ({
  ...factsColumn.decode(row.facts),
  id: row.id,
  providerId: row.provider_id,
  serverId: row.server_id,
  available: row.available === 1,
  firstSeen: row.first_seen,
  lastSeen: row.last_seen,
})

export function createModelStore(db: Db): ModelStore {
  const list = db.prepare<[], Stored>('SELECT * FROM models ORDER BY id')
  const find = db.prepare<[ProviderId, ServerId | null, string], Stored>(
    'SELECT * FROM models WHERE provider_id = ? AND server_id IS ? AND model = ?'
  )
  const named = db.prepare<[ProviderId, string], Stored>('SELECT * FROM models WHERE provider_id = ? AND model = ?')
  const count = db.prepare<[ServerId], { n: number }>(
    'SELECT count(*) AS n FROM models WHERE server_id = ? AND available = 1'
  )
  const ofSource = db.prepare<[ProviderId, ServerId | null], Stored>(
    'SELECT * FROM models WHERE provider_id = ? AND server_id IS ?'
  )
  const insert = db.prepare<[Stored]>(
    `INSERT INTO models VALUES (@id, @provider_id, @server_id, @model, @facts, @available, @first_seen, @last_seen)`
  )
  const change = db.prepare<[{ id: string; facts: string; now: string }]>(
    'UPDATE models SET facts = @facts, available = 1, last_seen = @now WHERE id = @id'
  )
  const vanish = db.prepare<[string]>('UPDATE models SET available = 0 WHERE id = ?')

  return {
    list: () => list.all().map(fromStored),
    find: (providerId, serverId, model) => {
      const row = find.get(providerId, serverId, model)
      return row ? fromStored(row) : null
    },
    named: (providerId, model) => named.all(providerId, model).map(fromStored),
    count: (serverId) => count.get(serverId)?.n ?? 0,
    sync: (source, listed, now) =>
      db.transaction((): SyncCount => {
        const known = new Map(ofSource.all(source.providerId, source.serverId).map((row) => [row.id, row]))
        const result = { added: 0, changed: 0, vanished: 0 }
        for (const model of listed) {
          const id = `${source.idPrefix}/${model.model}`
          const facts = factsColumn.encode(model)
          const row = known.get(id)
          if (!row) {
            insert.run({
              id,
              provider_id: source.providerId,
              server_id: source.serverId,
              model: model.model,
              facts,
              available: 1,
              first_seen: now,
              last_seen: now,
            })
            result.added += 1
          } else if (row.facts !== facts || row.available === 0) {
            change.run({ id, facts, now })
            result.changed += 1
          }
          known.delete(id)
        }
        for (const row of known.values())
          if (row.available === 1) {
            vanish.run(row.id)
            result.vanished += 1
          }
        return result
      })(),
  }
}
