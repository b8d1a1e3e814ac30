import type { FinishReason, Usage } from '@main/providers/spec/chat'
import type { CallPlan } from '@main/routing/call-plan'

/** What is known of a call while it runs and after it. */
export interface CallResult {
  /** The model that was called last: the role's own, or a fallback. */
  plan: CallPlan | null
  tokenName: string | null
  dropped: string[]
  usage: Usage | null
  reason: FinishReason | null
}

export const nobody = (): CallResult => ({
  plan: null,
  tokenName: null,
  dropped: [],
  usage: null,
  reason: null,
})

/**
 * US dollars that a call cost: the provider's own figure, else by the catalogue's price per million tokens, else null.
 */
export function callCost({ plan, usage }: CallResult): number | null {
  if (!usage) return null
  if (usage.cost !== null) return usage.cost
  if (!plan?.facts?.price || usage.inputTokens === null || usage.outputTokens === null) return null
  return (usage.inputTokens * plan.facts.price.input + usage.outputTokens * plan.facts.price.output) / 1_000_000
}
