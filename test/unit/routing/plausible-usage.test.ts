import { expect, it } from 'vitest'
import { plausibleUsage } from '@main/routing/call-cost'

const counted = { inputTokens: 100, outputTokens: 20, cost: null }

it('what was cached and what was thought are parts of what was read and written, or not known', () => {
  expect(plausibleUsage({ ...counted, cachedTokens: 80, reasoningTokens: 15 })).toEqual({
    ...counted,
    cachedTokens: 80,
    reasoningTokens: 15,
  })
  expect(plausibleUsage({ ...counted, cachedTokens: 300, reasoningTokens: -1 })).toEqual({
    ...counted,
    cachedTokens: 100,
  })
  expect(plausibleUsage({ ...counted, inputTokens: null, cachedTokens: 80 })).toEqual({ ...counted, inputTokens: null })
})
