import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { ProviderFailure } from '@main/providers/spec/failure'
import { stateAfter } from './token-states'

/** Keeps what calls say about the tokens they used. A call without a token says nothing. */
export interface TokenRecords {
  worked(token: TokenRow | null): void
  /** Whether the failure is the token's: then another one may succeed. */
  failed(token: TokenRow | null, failure: ProviderFailure): boolean
}

export function createTokenRecords(ports: { stores: Stores; events: EventHub; clock: Clock }): TokenRecords {
  const { stores, events, clock } = ports

  const record = (token: TokenRow | null, change: Pick<TokenRow, 'state' | 'cooling_until'>) => {
    const row = token && stores.tokens.get(token.id)
    if (!row) return
    stores.tokens.update({ ...row, ...change, last_used_at: timestamp(clock) })
    if (change.state !== row.state) events.changed('tokens')
  }
  return {
    worked: (token) => record(token, { state: 'active', cooling_until: null }),
    failed: (token, failure) => {
      const change = stateAfter(failure, clock.now())
      if (change) record(token, change)
      return change !== null
    },
  }
}
