import type { Call } from '@contract/entities/usage'
import type { GatewayKeyId } from '@contract/ids'
import type { KeyUse } from '@main/data/call-store'
import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import { dayBegin } from './day'

/** What goes through each key of the gateway on one day. */
export interface Spending {
  /** Since midnight in local time. */
  today(keyId: GatewayKeyId): KeyUse
  /** Counts a call that has come to its end. It must not stand in the ledger yet: what does is read from there. */
  note(call: Pick<Call, 'purpose' | 'startedAt' | 'inputTokens' | 'outputTokens' | 'cost'>): void
}

const NOTHING: KeyUse = { calls: 0, tokens: 0, dollars: 0 }

/**
 * Read from the ledger once a day, and counted on from there: a limit asks at each request, and must hold also while the
 * ledger cannot be written.
 */
export function createSpending(ports: { stores: Stores; clock: Clock }): Spending {
  const { stores, clock } = ports
  let day = Number.NaN
  let spent = new Map<GatewayKeyId, KeyUse>()

  const ofToday = () => {
    const begin = dayBegin(clock.now())
    if (begin !== day) {
      const rows = stores.calls.ofGatewayKeys(new Date(begin).toISOString())
      spent = new Map(rows.map(({ keyId, ...use }) => [keyId, use]))
      day = begin
    }
    return spent
  }

  return {
    today: (keyId) => ofToday().get(keyId) ?? NOTHING,
    note: ({ purpose, startedAt, inputTokens, outputTokens, cost }) => {
      if (!('keyId' in purpose) || purpose.keyId === null) return
      const today = ofToday()
      // A call counts for the day on which it began, as in the ledger's own views.
      if (Date.parse(startedAt) < day) return
      const before = today.get(purpose.keyId) ?? NOTHING
      today.set(purpose.keyId, {
        calls: before.calls + 1,
        tokens: before.tokens + (inputTokens ?? 0) + (outputTokens ?? 0),
        dollars: before.dollars + (cost ?? 0),
      })
    },
  }
}
