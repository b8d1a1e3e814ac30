import { mostOfCall } from '@contract/entities/usage'
import type { Usage } from '@main/providers/spec/chat'

/** What a provider counted, without what cannot be true: part of a token, less than nothing, more than any call has. */
export const plausibleUsage = ({ inputTokens, outputTokens, cost }: Usage): Usage => ({
  inputTokens: countOrNull(inputTokens),
  outputTokens: countOrNull(outputTokens),
  cost: plausibleCost(cost),
})

/** US dollars; null for what no call costs. */
export const plausibleCost = (cost: number | null): number | null =>
  cost !== null && cost >= 0 && cost <= mostOfCall.dollars ? cost : null

const countOrNull = (count: number | null) =>
  count !== null && Number.isInteger(count) && count >= 0 && count <= mostOfCall.tokens ? count : null
