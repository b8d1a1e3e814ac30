import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { ProviderFailure } from '@main/providers/spec/failure'
import { restsUntil } from '@main/settings/token-rows'
import { isSimulated } from './simulations'
import { isUsable, stateAfter, type StateChange } from './token-states'

/** When a token was used last is kept so often at most, where nothing else of it changes: every write waits for the disk. */
const USED_EVERY_MS = 10_000

/** Keeps what calls say about the tokens they used. A call without a token says nothing. */
export interface TokenRecords {
  /**
   * A planned token as it stands now; null when it must not be used any more: while the call waited, another one may
   * have put it to rest, or the user may have deleted it or given it a key for another address.
   */
  stillUsable(token: TokenRow): TokenRow | null
  worked(token: TokenRow | null): void
  /** Whether the failure is the token's: then another one may succeed. A simulated failure is not kept. */
  failed(token: TokenRow | null, failure: ProviderFailure): boolean
}

export function createTokenRecords(ports: { stores: Stores; events: EventHub; clock: Clock }): TokenRecords {
  const { stores, events, clock } = ports

  const record = (row: TokenRow, change: StateChange) => {
    const isOther = change.state !== row.state || change.cooling_until !== row.cooling_until
    const used = Date.parse(row.last_used_at ?? '')
    if (!isOther && Math.abs(clock.now() - used) < USED_EVERY_MS) return
    stores.tokens.update({ ...row, ...change, last_used_at: timestamp(clock) })
    if (isOther) events.changed({ topic: 'tokens', ids: [row.id] })
  }
  return {
    stillUsable: (token) => {
      const row = stores.tokens.get(token.id)
      return row && row.base_url === token.base_url && isUsable(row, clock.now()) ? row : null
    },
    worked: (token) => {
      const row = token && stores.tokens.get(token.id)
      if (!row) return
      // An answer that began before another call was told to wait, or refused, takes nothing of that back.
      const { state, cooling_until } = row
      const change = isUsable(row, clock.now())
        ? { state: 'active' as const, cooling_until: null }
        : { state, cooling_until }
      // When it worked last is no news that an answer should wait for the disk with.
      stores.lightTransaction(() => record(row, change))
    },
    failed: (token, failure) => {
      const change = token && stateAfter(failure, clock.now())
      if (!change) return false
      const row = stores.tokens.get(token.id)
      if (row && !isSimulated(failure)) record(row, stricter(row, change, clock.now()))
      return true
    },
  }
}

/**
 * What holds for a token of which several calls heard something: that it is refused or empty, over any rest, and the
 * longer of two rests.
 */
function stricter(row: TokenRow, change: StateChange, now: number): StateChange {
  const { state, cooling_until } = row
  if (change.state !== 'cooling') return change
  const outlasts = (restsUntil(row, now) ?? '') > (change.cooling_until ?? '')
  return state === 'invalid' || state === 'exhausted' || outlasts ? { state, cooling_until } : change
}
