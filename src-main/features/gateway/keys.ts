import type { GatewayKey, NewGatewayKey } from '@contract/entities/gateway'
import { CommonError, FabulaError } from '@contract/errors'
import { GatewayKeyId } from '@contract/ids'
import { takenAmong } from '@contract/names'
import type { GatewayKeyRow } from '@main/data/gateway-key-store'
import type { Stores } from '@main/data/stores'
import { atMostEvery } from '@main/jobs/at-most-every'
import { isoTime, timestamp, type Clock } from '@main/platform/clock'
import { digestOf, isSameDigest } from '@main/platform/digest'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Logger } from '@main/platform/logger'
import type { Redactor } from '@main/platform/redact'
import { isKeyText, newKeyText } from './key-text'
import type { Spending } from './spending'

/** Why a request may not come in: without a key, with one that is not ours, or with one whose time is over. */
export type KeyProblem = 'missing' | 'malformed' | 'unknown' | 'expired'

/** The keys of the gateway. A key itself is told once, to whoever made it; only its SHA-256 is kept. */
export interface GatewayKeys {
  /** The newest first; with `ids`, those alone. */
  list(ids?: readonly GatewayKeyId[]): GatewayKey[]
  /** Throws `name_taken`. */
  create(input: NewGatewayKey): { key: string; row: GatewayKey }
  /** Throws `not_found`, `name_taken`. */
  change(id: GatewayKeyId, change: Partial<NewGatewayKey>): GatewayKey
  /** Throws `not_found`. */
  revoke(id: GatewayKeyId): void
  /**
   * Whose key a request brings. How long it takes tells nothing of the keys that there are.
   *
   * @param given what stands behind `Bearer`
   */
  identify(given: string | undefined): { ok: true; key: GatewayKeyRow } | { ok: false; problem: KeyProblem }
  /** The key of this id; null where it is gone. */
  find(id: GatewayKeyId): GatewayKeyRow | null
  /** A call with a key has come to its end: what is shown of the key is out of date. */
  noteUse(id: GatewayKeyId): void
  /** Writes down what was not written yet. */
  close(): void
}

/** How often the time of a key's last use is written, and its figures are said to have changed. Milliseconds. */
const WRITE_EVERY_MS = 60_000
const TELL_EVERY_MS = 1000

/** Whether a key may use a model. A pattern with `*` at its end means all whose name begins so. */
export const mayUse = ({ models }: Pick<GatewayKeyRow, 'models'>, model: string): boolean =>
  models === null ||
  models.some((pattern) => (pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : model === pattern))

/** Whether the time of a key is over. */
export const isOver = ({ expiresAt }: Pick<GatewayKeyRow, 'expiresAt'>, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now

export function createGatewayKeys(ports: {
  stores: Stores
  spending: Spending
  redactor: Redactor
  events: EventHub
  clock: Clock
  logger: Logger
  /** Is told which key is gone. */
  onRevoked: (id: GatewayKeyId) => void
}): GatewayKeys {
  const { stores, spending, redactor, events, clock, logger, onRevoked } = ports
  /** When keys were used since that was written down last. */
  const used = new Map<GatewayKeyId, number>()
  const heard = new Set<GatewayKeyId>()
  let known: readonly GatewayKeyRow[] | null = null
  const rows = () => (known ??= stores.gatewayKeys.list())

  const writeUses = () => {
    try {
      for (const [id, at] of used) stores.gatewayKeys.used(id, isoTime(at))
      used.clear()
      known = null
    } catch (error) {
      // When a key was used last is not worth a refused request.
      logger.warn('When keys of the gateway were used could not be saved', { cause: String(error) })
    }
  }
  const writing = atMostEvery(WRITE_EVERY_MS, writeUses)
  const told = new Set<GatewayKeyId>()
  const telling = atMostEvery(TELL_EVERY_MS, () => {
    events.changed({ topic: 'gatewayKeys', ids: [...told] })
    told.clear()
  })

  const find = (id: GatewayKeyId): GatewayKeyRow | null => rows().find((one) => one.id === id) ?? null
  const get = (id: GatewayKeyId): GatewayKeyRow => {
    const row = find(id)
    if (!row) throw new FabulaError(CommonError.NotFound, `There is no key ${id}`, { details: { path: 'id' } })
    return row
  }
  const checkName = (name: string, except?: GatewayKeyId) => {
    const others = rows().filter(({ id }) => id !== except)
    if (takenAmong(others.map((one) => one.name))(name))
      throw new FabulaError(CommonError.NameTaken, `A key of the gateway is called ${name} already`, {
        details: { name, path: 'name' },
      })
  }
  const shown = (row: GatewayKeyRow): GatewayKey => {
    const { id, name, last4, models, requestsPerMinute, tokensPerDay, dollarsPerDay, expiresAt, createdAt } = row
    const limits = { manages: row.manages, models, requestsPerMinute, tokensPerDay, dollarsPerDay, expiresAt }
    const usedAt = used.get(id)
    const lastUsedAt = usedAt === undefined ? row.lastUsedAt : isoTime(usedAt)
    return { id, name, last4, ...limits, createdAt, lastUsedAt, today: { ...spending.today(id) } }
  }
  const changed = (id: GatewayKeyId) => {
    known = null
    events.changed({ topic: 'gatewayKeys', ids: [id] })
  }

  return {
    list: (ids) =>
      rows()
        .filter(({ id }) => !ids || ids.includes(id))
        .map(shown),
    create: (input) =>
      stores.transaction(() => {
        checkName(input.name)
        const key = newKeyText()
        redactor.add(key)
        const row: GatewayKeyRow = {
          id: newId(GatewayKeyId),
          ...input,
          hash: digestOf(key),
          last4: key.slice(-4),
          createdAt: timestamp(clock),
          lastUsedAt: null,
        }
        stores.gatewayKeys.insert(row)
        changed(row.id)
        return { key, row: shown(row) }
      }),
    change: (id, change) =>
      stores.transaction(() => {
        const before = get(id)
        if (change.name !== undefined) checkName(change.name, id)
        stores.gatewayKeys.update({ ...before, ...change })
        changed(id)
        return shown(get(id))
      }),
    revoke: (id) => {
      stores.gatewayKeys.remove(get(id).id)
      used.delete(id)
      changed(id)
      onRevoked(id)
    },
    identify: (given) => {
      if (given === undefined) return { ok: false, problem: 'missing' }
      const digest = digestOf(given)
      // Each is compared, whichever fits.
      const [key] = rows().filter(({ hash }) => isSameDigest(hash, digest))
      if (!key) return { ok: false, problem: isKeyText(given) ? 'unknown' : 'malformed' }
      if (!heard.has(key.id)) redactor.add(given)
      heard.add(key.id)
      const now = clock.now()
      if (isOver(key, now)) return { ok: false, problem: 'expired' }
      used.set(key.id, now)
      writing.soon()
      return { ok: true, key }
    },
    find,
    noteUse: (id) => {
      told.add(id)
      telling.soon()
    },
    close: () => {
      writing.stop()
      telling.stop()
      writeUses()
    },
  }
}
