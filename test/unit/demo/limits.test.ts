import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProviderFailure } from '@main/providers/spec/failure'
import { limitAnswer } from '@main/providers/protocols/demo/answer-limits'
import { countTokens, tokensOf } from '@main/providers/protocols/demo/tokens'
import { askDemo, system, user } from './ask-demo'

const messages = [system('en'), user('I climb the stairs of the lighthouse.')]

describe('limits', () => {
  it('ends at max_tokens and says so, having counted what it sent', async () => {
    const whole = await askDemo(messages)
    const cut = await askDemo(messages, { max_tokens: 20 })
    expect(whole.text.startsWith(cut.text)).toBe(true)
    expect(cut.end).toEqual({
      type: 'end',
      reason: 'length',
      usage: { inputTokens: countTokens('You write the story “Salt”.') + 8, outputTokens: 20, cost: 0 },
    })
    expect(whole.end.reason).toBe('stop')
    expect(whole.end.usage.outputTokens).toBe(whole.chunks.length)
  })

  it('ends before a stop text that lies across several chunks', async () => {
    const { text, chunks } = await askDemo(messages)
    const stop = `${chunks[9]?.slice(-2)}${chunks[10]}${chunks[11]?.slice(0, 2)}`
    const stopped = await askDemo(messages, { stop: ['never said', stop] })
    expect(stopped.text).toBe(text.slice(0, text.indexOf(stop)))
    expect(stopped.end.reason).toBe('stop')
    expect((await askDemo(messages, { stop })).text).toBe(stopped.text)
  })

  it('fails like a model that says nothing when the stop text comes first', async () => {
    const { text } = await askDemo(messages)
    const answer = askDemo(messages, { stop: text.slice(0, 3) })
    await expect(answer).rejects.toThrow(ProviderFailure)
    await expect(answer).rejects.toMatchObject({ code: 'provider_empty_answer' })
  })

  it('never shows a stop text, nor more tokens than allowed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '.', '\n', 'ж') }),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '.'), minLength: 1, maxLength: 3 }), {
          maxLength: 3,
        }),
        (text, maxTokens, stops) => {
          const { tokens } = limitAnswer(text, maxTokens, stops)
          const shown = tokens.join('')
          expect(text.startsWith(shown)).toBe(true)
          expect(tokens.length).toBeLessThanOrEqual(maxTokens)
          expect(stops.some((stop) => shown.includes(stop))).toBe(false)
        }
      )
    )
  })

  it('loses no character when it counts tokens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tokensOf(text).join('')).toBe(text)
      })
    )
  })

  it('counts about four characters a token in prose', async () => {
    for (const line of ['I climb the lighthouse.', 'Поднимаюсь на маяк.']) {
      const { text, end } = await askDemo([user(line)])
      expect(text.length / (end.usage.outputTokens ?? 0)).toBeGreaterThan(3)
      expect(text.length / (end.usage.outputTokens ?? 0)).toBeLessThan(6)
    }
  })
})
