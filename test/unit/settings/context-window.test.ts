import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateTokens } from '@main/platform/token-estimate'
import type { ChatMessage } from '@main/providers/spec/chat'
import { neededContext, promptTokens, tokensOf, windowOf } from '@main/settings/context-window'

describe('the estimate of tokens', () => {
  it('grows with the text and is never negative', () => {
    expect(estimateTokens('')).toBe(0)
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(estimateTokens(a + b)).toBeGreaterThanOrEqual(Math.max(estimateTokens(a), estimateTokens(b)))
      })
    )
  })

  it.each([
    ['English', 'The old lighthouse keeper climbed the stairs, lamp in hand, and listened to the sea.', 17],
    ['Russian', 'Старый смотритель поднимался по лестнице с лампой в руке и слушал море.', 19],
    ['Chinese', '老灯塔看守人提着灯走上楼梯，静静地听着海的声音。', 22],
    ['emoji', '🌊🌊🌊🌊', 4],
  ])('is not too low for %s', (_language, text, least) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(least)
  })
})

describe('the estimate of a prompt', () => {
  const asked = (url: string, detail?: 'low' | 'high'): ChatMessage => ({
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image', url, ...(detail ? { detail } : {}) },
    ],
  })
  const words = tokensOf([{ role: 'user', content: 'What is this?' }])

  it('counts an image as what it is to a model, and not by the length of its bytes', () => {
    const image = tokensOf([asked('data:image/png;base64,iVBORw0KGgo=')]) - words
    expect(image).toBeGreaterThan(700)
    expect(tokensOf([asked(`data:image/png;base64,${'A'.repeat(400_000)}`)]) - words).toBe(image)
    expect(tokensOf([asked('https://example.org/a.png', 'low')]) - words).toBeLessThan(image / 2)
  })

  it('counts tools, what they were called with and what they gave', () => {
    const text = 'The lighthouse stands on the northern rock. '.repeat(20)
    const tokens = estimateTokens(text)
    const call = { id: 'c1', name: 'look', arguments: JSON.stringify({ at: text }) }
    expect(tokensOf([{ role: 'assistant', content: null, toolCalls: [call] }])).toBeGreaterThan(tokens)
    expect(tokensOf([{ role: 'tool', toolCallId: 'c1', content: text }])).toBeGreaterThan(tokens)
    expect(promptTokens({ messages: [], tools: [{ name: 'look', description: text }] })).toBeGreaterThan(tokens)
  })
})

describe('the window', () => {
  it('is what is set, else what the model is made for, else a usual one', () => {
    expect(windowOf({ num_ctx: 4096, max_tokens: 100 }, null)).toEqual({ total: 4096, answer: 100 })
    expect(windowOf(undefined, null)).toEqual({ total: 8192, answer: 1024 })
  })

  it('keeps half of it for the prompt, however long the answer may be', () => {
    expect(windowOf({ num_ctx: 4096, max_tokens: 100_000 }, null).answer).toBe(2048)
    expect(windowOf({ num_ctx: 4096, max_tokens: -1 }, null).answer).toBe(1024)
  })

  it('asked of a server is wide enough for prompt and answer, in steps', () => {
    expect(neededContext(1024, null)).toBe(8192)
    fc.assert(
      fc.property(fc.nat(400_000), (tokens) => {
        const asked = neededContext(tokens, null)
        expect(asked).toBeGreaterThanOrEqual(tokens)
        expect(asked === tokens || [8192, 16_384, 32_768, 65_536, 131_072, 262_144].includes(asked)).toBe(true)
      })
    )
  })
})
