import { describe, expect, it } from 'vitest'
import type { JsonObject } from '@contract/values'
import { withoutThinkingOff } from '@main/providers/kit/thinking-off'

describe('what switches thinking off', () => {
  it.each([
    [{ reasoning: { effort: 'none' } }, {}, ['reasoning.effort']],
    [{ reasoning: { enabled: false, exclude: true } }, { reasoning: { exclude: true } }, ['reasoning.enabled']],
    [{ reasoning_effort: 'none', temperature: 0 }, { temperature: 0 }, ['reasoning_effort']],
    [{ thinking: { type: 'disabled' } }, {}, ['thinking.type']],
    [{ think: false }, {}, ['think']],
    [{ reasoning: { max_tokens: 0, effort: 'none' } }, {}, ['reasoning.max_tokens', 'reasoning.effort']],
  ])('is taken out of %j', (body, kept, removed) => {
    expect(withoutThinkingOff(body)).toEqual({ body: kept, removed })
  })

  it.each<JsonObject>([
    { reasoning: { effort: 'low' } },
    { reasoning: {} },
    { other: { effort: 'none' } },
    { stop: ['none'], think: 'low' },
  ])('is nothing in %j', (body) => {
    expect(withoutThinkingOff(body)).toEqual({ body, removed: [] })
  })
})
