import type { GatewayKeyRef } from '@contract/entities/gateway'
import { FabulaError, GatewayError } from '@contract/errors'
import type { GatewayKeyId } from '@contract/ids'
import type { GatewayKeyRow } from '@main/data/gateway-key-store'
import { someUse, type ExpectedUse } from '@main/gateway/expected-use'
import type { KeyGuard } from '@main/gateway/key-guard'
import type { Clock } from '@main/platform/clock'
import type { KeyLimits, LimitPassed } from './key-limits'
import { isOver, mayUse, type GatewayKeys } from './keys'

/** The same, and what becomes of work whose key is revoked. */
export interface RevocableGuard extends KeyGuard {
  endWorkOf(id: GatewayKeyId): void
}

interface Working {
  name: string
  controller: AbortController
}

/** Keeps the limits of keys for what goes on when the request that began it is long answered. */
export function createKeyGuard(ports: {
  keys: Pick<GatewayKeys, 'find'>
  limits: Pick<KeyLimits, 'admit'>
  clock: Clock
}): RevocableGuard {
  const { keys, limits, clock } = ports
  const working = new Map<GatewayKeyId, Set<Working>>()

  const valid = (id: GatewayKeyId, name?: string): GatewayKeyRow => {
    const key = keys.find(id)
    if (!key || isOver(key, clock.now())) throw gone(key?.name ?? name)
    return key
  }
  /** Takes of the key's day what a request is expected to, and returns what gives it back. */
  const take = (key: GatewayKeyRow, model: string, use: ExpectedUse): (() => void) => {
    if (!mayUse(key, model))
      throw new FabulaError(GatewayError.KeyMayNot, `The key ${key.name} may not use ${model}`, {
        details: { name: key.name, model },
      })
    const answered = limits.admit(key, { request: false, use })
    if (!answered.ok) throw spent(key, answered.passed)
    return answered.admitted.settle
  }

  return {
    check: (id, model) => {
      const key = valid(id)
      take(key, model, someUse)()
      return { id, name: key.name }
    },
    follow: ({ id, name }: GatewayKeyRef, model) => {
      const guard: Working = { name, controller: new AbortController() }
      const all = working.get(id) ?? new Set()
      working.set(id, all.add(guard))
      let settle = () => {}
      return {
        signal: guard.controller.signal,
        admit: (use) => {
          settle()
          settle = take(valid(id, name), model, use)
        },
        close: () => {
          settle()
          all.delete(guard)
          if (all.size === 0) working.delete(id)
        },
      }
    },
    endWorkOf: (id) => {
      for (const { name, controller } of working.get(id) ?? []) controller.abort(gone(name))
    },
  }
}

const gone = (name: string | undefined): FabulaError =>
  new FabulaError(GatewayError.KeyGone, 'The key of the gateway is gone', { details: { name } })

const spent = ({ name }: GatewayKeyRow, { limit, allowed, retryAfter }: LimitPassed): FabulaError =>
  new FabulaError(GatewayError.KeySpent, `The key ${name} has used up its ${limit} of today`, {
    details: { name, [limit === 'dollars' ? 'dollars' : 'tokens']: allowed, seconds: retryAfter ?? undefined },
  })
