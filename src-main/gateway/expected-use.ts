import type { JsonObject } from '@contract/values'
import { callCost } from '@main/routing/call-cost'
import type { CallPlan } from '@main/routing/call-plan'
import { answerTokens } from '@main/settings/context-window'

/** What a request takes of its key's limits, as far as can be told before it is answered. */
export interface ExpectedUse {
  /** Tokens that a model reads. */
  reads: number
  /** Tokens that it may write. */
  writes: number
  /** US dollars; 0 where no price is known. Only asked where a key has a limit of them. */
  dollars: () => number
}

/** Of a request whose end nobody can tell. */
export const someUse: ExpectedUse = { reads: 1, writes: 0, dollars: () => 0 }

/** What asking a model for text is expected to take. */
export function expectedUse(reads: number, samplers: JsonObject | undefined, plan: () => CallPlan): ExpectedUse {
  const writes = answerTokens(samplers)
  return { reads, writes, dollars: () => expectedCost(plan(), reads, writes) }
}

/** US dollars by the catalogue's price; 0 where it has none. */
export const expectedCost = (plan: CallPlan, inputTokens: number, outputTokens: number): number =>
  callCost(plan, { inputTokens, outputTokens, cost: null }).cost ?? 0
