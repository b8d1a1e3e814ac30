import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '@main/providers/spec/chat'
import { estimateTokens, fitHistory, neededContext, windowOf } from '@main/routing/context-window'

const say = (content: string): ChatMessage => ({ role: 'user', content })
const history = fc.array(fc.string({ maxLength: 400 }).map(say), { maxLength: 30 })

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

describe('the history that is sent', () => {
  it('is the newest part, in order, and fits', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 64, max: 4096 }), (all, total) => {
        const window = { total, answer: 16 }
        const kept = fitHistory([say('fixed')], all, window)
        expect(kept).toEqual(all.slice(all.length - kept.length))
        const sum = [say('fixed'), ...kept].reduce((tokens, { content }) => tokens + estimateTokens(content) + 6, 0)
        expect(kept.length === 0 || sum <= total - 16).toBe(true)
      })
    )
  })

  it('is all of it where there is room, and nothing where there is none', () => {
    const all = ['a', 'b', 'c'].map(say)
    expect(fitHistory([], all, { total: 8192, answer: 1024 })).toEqual(all)
    expect(fitHistory([say('x'.repeat(50_000))], all, { total: 8192, answer: 1024 })).toEqual([])
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
    expect(neededContext([say('short')], 1024, null)).toBe(8192)
    fc.assert(
      fc.property(fc.nat(1_200_000), fc.nat(5000), (length, answer) => {
        const prompt = [say('x'.repeat(length))]
        const need = estimateTokens(prompt[0]?.content ?? '') + 6 + answer
        const asked = neededContext(prompt, answer, null)
        expect(asked).toBeGreaterThanOrEqual(need)
        expect(asked === need || [8192, 16_384, 32_768, 65_536, 131_072, 262_144].includes(asked)).toBe(true)
      })
    )
  })
})
