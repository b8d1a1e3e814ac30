import type { Usage } from '@main/providers/spec/chat'

/** What a provider counted, without what cannot be true: part of a token, less than nothing, more than can be counted. */
export const plausibleUsage = ({ inputTokens, outputTokens, cost }: Usage): Usage => ({
  inputTokens: countOrNull(inputTokens),
  outputTokens: countOrNull(outputTokens),
  cost: cost !== null && Number.isFinite(cost) && cost >= 0 ? cost : null,
})

const countOrNull = (count: number | null) =>
  count !== null && Number.isSafeInteger(count) && count >= 0 ? count : null
