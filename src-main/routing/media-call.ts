import type { CallId } from '@contract/ids'
import type { Call } from '@contract/entities/usage'
import type { Connection } from '@main/providers/spec/protocol'
import { callCost } from './call-cost'
import type { CallPlan } from './call-plan'
import type { Connections } from './connections'
import type { CallAccount } from './ledger'
import type { Attempt, WithTokens } from './with-tokens'

export interface MediaCall<Answer> {
  plan: CallPlan
  /** What the ledger notes it under. */
  account: CallAccount
  /** US dollars by the list, for where the provider does not say what it took; null where there is no price. */
  price: number | null
  signal: AbortSignal
  /** Asks once. `cost`: US dollars, where the provider says. */
  ask(
    connection: Connection,
    attempt: Pick<Attempt, 'signal' | 'onActivity'>
  ): Promise<{ answer: Answer; cost: number | null }>
}

export interface MediaAnswer<Answer> extends Pick<Call, 'cost' | 'costSource'> {
  answer: Answer
  /** Of its row in the ledger. */
  callId: CallId
}

/**
 * Asks a provider for sound or film: for the whole of it, or to begin it. Keys, limits and the ledger are as in a chat
 * (`with-tokens.ts`). It is asked again only as often as the settings of the plan say, because each time may be paid.
 */
export type MediaCaller = <Answer>(call: MediaCall<Answer>) => Promise<MediaAnswer<Answer>>

export function createMediaCaller(ports: { connections: Connections; withTokens: WithTokens }): MediaCaller {
  const { connections, withTokens } = ports
  return async <Answer>(call: MediaCall<Answer>): Promise<MediaAnswer<Answer>> => {
    const { plan, account, price, signal } = call

    async function* attemptOf(attempt: Attempt): AsyncGenerator<MediaAnswer<Answer>> {
      const counts = { inputTokens: null, outputTokens: null, ...(price === null ? {} : { byPrice: price }) }
      attempt.send([], () => ({ ...counts, cost: null }))
      const { answer, cost } = await call.ask(connections.forPlan(attempt.plan, attempt.token), attempt)
      const usage = attempt.complete({ ...counts, cost })
      yield { answer, callId: attempt.callId(), ...callCost(attempt.plan, usage) }
    }

    let last: MediaAnswer<Answer> | null = null
    for await (const whole of withTokens({ plan, account, visible: false, signal, attempt: attemptOf })) last = whole
    if (last) return last
    throw new Error('A request for media ended without an answer and without a failure')
  }
}
