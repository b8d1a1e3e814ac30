import { z } from 'zod'
import { ModelPattern, type NewGatewayKey } from '@contract/entities/gateway'
import type { GatewayKeyId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn } from './json-column'

/** A key of the gateway as it is kept: of the key itself only its SHA-256. */
export interface GatewayKeyRow extends NewGatewayKey {
  id: GatewayKeyId
  /** 32 bytes. */
  hash: Buffer
  last4: string
  createdAt: string
  lastUsedAt: string | null
}

export interface GatewayKeyStore {
  /** The newest first. */
  list(): GatewayKeyRow[]
  insert(row: GatewayKeyRow): void
  update(row: GatewayKeyRow): void
  /** Notes when it was used last. */
  used(id: GatewayKeyId, at: string): void
  remove(id: GatewayKeyId): void
}

interface Stored {
  id: GatewayKeyId
  name: string
  hash: Buffer
  last4: string
  manages: number
  models: string | null
  requests_per_minute: number | null
  tokens_per_day: number | null
  dollars_per_day: number | null
  expires_at: string | null
  created_at: string
  last_used_at: string | null
}

/** Where it cannot be read, the key may use no model: a key must not open more because of damage. */
const modelsColumn = jsonColumn(z.array(ModelPattern), { otherwise: [] })

const fromStored = (row: Stored): GatewayKeyRow => ({
  id: row.id,
  name: row.name,
  hash: row.hash,
  last4: row.last4,
  manages: row.manages === 1,
  models: row.models === null ? null : modelsColumn.decode(row.models),
  requestsPerMinute: row.requests_per_minute,
  tokensPerDay: row.tokens_per_day,
  dollarsPerDay: row.dollars_per_day,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
})

const toStored = (row: GatewayKeyRow, before?: Stored): Stored => ({
  id: row.id,
  name: row.name,
  hash: row.hash,
  last4: row.last4,
  manages: row.manages ? 1 : 0,
  models: modelsColumn.encodeOver(row.models, before?.models),
  requests_per_minute: row.requestsPerMinute,
  tokens_per_day: row.tokensPerDay,
  dollars_per_day: row.dollarsPerDay,
  expires_at: row.expiresAt,
  created_at: row.createdAt,
  last_used_at: row.lastUsedAt,
})

export function createGatewayKeyStore(db: Db): GatewayKeyStore {
  const list = db.prepare<[], Stored>('SELECT * FROM gateway_keys ORDER BY created_at DESC, id DESC')
  const get = db.prepare<[GatewayKeyId], Stored>('SELECT * FROM gateway_keys WHERE id = ?')
  const insert = db.prepare<[Stored]>(
    `INSERT INTO gateway_keys (id, name, hash, last4, manages, models, requests_per_minute, tokens_per_day, dollars_per_day, expires_at,
       created_at, last_used_at)
     VALUES (@id, @name, @hash, @last4, @manages, @models, @requests_per_minute, @tokens_per_day, @dollars_per_day, @expires_at,
       @created_at, @last_used_at)`
  )
  const update = db.prepare<[Stored]>(
    `UPDATE gateway_keys SET name = @name, manages = @manages, models = @models, requests_per_minute = @requests_per_minute,
       tokens_per_day = @tokens_per_day, dollars_per_day = @dollars_per_day, expires_at = @expires_at,
       last_used_at = @last_used_at WHERE id = @id`
  )
  const used = db.prepare<[string, GatewayKeyId]>('UPDATE gateway_keys SET last_used_at = ? WHERE id = ?')
  const remove = db.prepare<[GatewayKeyId]>('DELETE FROM gateway_keys WHERE id = ?')
  return {
    list: () => list.all().map(fromStored),
    insert: (row) => void insert.run(toStored(row)),
    update: (row) => void update.run(toStored(row, get.get(row.id))),
    used: (id, at) => void used.run(at, id),
    remove: (id) => void remove.run(id),
  }
}
