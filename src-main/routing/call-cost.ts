import type { Call } from '@contract/entities/usage'
import type { Usage } from '@main/providers/spec/chat'
import type { CallPlan } from './call-plan'
import { plausibleCost } from './plausible-usage'

/**
 * US dollars that a call cost: the provider's own figure, else by the catalogue's price per million tokens at this time,
 * else unknown. A model on the user's own machine costs nothing.
 */
export function callCost(plan: Pick<CallPlan, 'facts'> | null, usage: Usage | null): Pick<Call, 'cost' | 'costSource'> {
  if (plan?.facts?.local) return { cost: 0, costSource: 'price' }
  if (usage === null) return { cost: null, costSource: null }
  if (usage.cost !== null) return { cost: usage.cost, costSource: 'provider' }
  const price = plan?.facts?.price
  if (!price || usage.inputTokens === null || usage.outputTokens === null) return { cost: null, costSource: null }
  const cost = plausibleCost((usage.inputTokens * price.input + usage.outputTokens * price.output) / 1_000_000)
  return { cost, costSource: cost === null ? null : 'price' }
}
