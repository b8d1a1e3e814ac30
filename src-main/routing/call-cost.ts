import { mostOfCall, type Call } from '@contract/entities/usage'
import type { Usage } from '@main/providers/spec/chat'
import type { CallPlan } from './call-plan'
import { costs, runsLocally } from './locality'

/**
 * Whether a model surely runs here: its list, the kind of program or the user says so, and the user says no price of their
 * own. A bare address of this computer may be a way to models that cost.
 */
const isFree = (plan: Pick<CallPlan, 'provider' | 'facts'>): boolean => {
  const { row } = plan.provider
  if (costs(plan.facts?.price ?? null)) return false
  return plan.facts?.local === true || ((row.flavour !== null || row.saidLocal === true) && runsLocally(plan))
}

/**
 * US dollars that a call cost: the provider's own figure, else by the catalogue's price per million tokens at this time,
 * else unknown. A model that runs on the user's own computer or network costs nothing.
 */
export function callCost(
  plan: Pick<CallPlan, 'provider' | 'facts'> | null,
  usage: Usage | null
): Pick<Call, 'cost' | 'costSource'> {
  if (typeof usage?.cost === 'number') return { cost: usage.cost, costSource: 'provider' }
  if (plan && isFree(plan)) return { cost: 0, costSource: 'price' }
  const byPrice = plausibleCost(usage?.byPrice ?? null)
  if (byPrice !== null) return { cost: byPrice, costSource: 'price' }
  if (usage === null) return { cost: null, costSource: null }
  const price = plan?.facts?.price
  if (!price || usage.inputTokens === null || usage.outputTokens === null) return { cost: null, costSource: null }
  const cost = plausibleCost((usage.inputTokens * price.input + usage.outputTokens * price.output) / 1_000_000)
  return { cost, costSource: cost === null ? null : 'price' }
}

/** What a provider counted, without what cannot be true: part of a token, less than nothing, more than any call has. */
export function plausibleUsage({
  byPrice,
  inputTokens,
  outputTokens,
  cost,
  cachedTokens,
  reasoningTokens,
}: Usage): Usage {
  const input = countOrNull(inputTokens)
  const output = countOrNull(outputTokens)
  const cached = partOf(input, cachedTokens)
  const thought = partOf(output, reasoningTokens)
  return {
    inputTokens: input,
    outputTokens: output,
    cost: plausibleCost(cost),
    ...(byPrice === undefined ? {} : { byPrice }),
    ...(cached === null ? {} : { cachedTokens: cached }),
    ...(thought === null ? {} : { reasoningTokens: thought }),
  }
}

/** A count that is a part of another one; some providers count what was thought beside the output. */
function partOf(whole: number | null, part: number | undefined): number | null {
  const count = countOrNull(part ?? null)
  return whole === null || count === null ? null : Math.min(whole, count)
}

/** US dollars; null for what no call costs. */
const plausibleCost = (cost: number | null): number | null =>
  cost !== null && cost >= 0 && cost <= mostOfCall.dollars ? cost : null

const countOrNull = (count: number | null) =>
  count !== null && Number.isInteger(count) && count >= 0 && count <= mostOfCall.tokens ? count : null
