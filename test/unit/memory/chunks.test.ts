import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunksOf } from '@main/memory/chunks'
import { estimateTokens } from '@main/platform/token-estimate'

const pieces = (text: string) => chunksOf(text).map(({ start, end }) => text.slice(start, end))
const sentence = (number: number, words = 12) =>
  `Sentence ${number} ${Array.from({ length: words }, (_, at) => `word${at}`).join(' ')}.`
const sentences = (count: number, words?: number) => Array.from({ length: count }, (_, at) => sentence(at, words))

const prose = fc.string({
  unit: fc.oneof(
    fc.constantFrom('слово ', 'word ', '. ', '! ', '\n', '\n\n', '  ', '«Нет», ', 'a', '火の王。', '🙂', '\u2028'),
    fc.string({ unit: 'binary', maxLength: 3 })
  ),
  maxLength: 3000,
})

describe('the chunks of a passage', () => {
  it('are one where it is short', () => {
    expect(pieces('  The lamp went out.\n\nNobody saw it.  ')).toEqual(['The lamp went out.\n\nNobody saw it.'])
    expect(pieces('')).toEqual([])
    expect(pieces(' \n\n ')).toEqual([])
  })

  it('end at the end of a sentence, and begin with the last one again', () => {
    const all = sentences(30)
    const chunks = pieces(all.join(' '))
    expect(chunks.length).toBeGreaterThan(3)
    for (const [at, chunk] of chunks.entries()) {
      expect(chunk.startsWith('Sentence ')).toBe(true)
      expect(chunk.endsWith('.')).toBe(true)
      const next = chunks[at + 1] ?? ''
      expect(chunk.endsWith(next.slice(0, next.indexOf('.') + 1))).toBe(true)
    }
  })

  it('say nothing twice where a paragraph ends', () => {
    const paragraphs = sentences(20, 40)
    const chunks = pieces(paragraphs.join('\n\n'))
    expect(chunks.length).toBeGreaterThan(3)
    expect(chunks.join('\n\n')).toBe(paragraphs.join('\n\n'))
  })

  it('cut a sentence without end between words', () => {
    const endless = Array.from({ length: 2000 }, () => 'слово').join(' ')
    for (const chunk of pieces(endless)) expect(chunk).toMatch(/^слово( слово)*$/)
  })

  it('are never too long, in order, and leave nothing out but space', () => {
    fc.assert(
      fc.property(fc.oneof(prose, fc.constant('x'.repeat(5000)), fc.constant('🙂'.repeat(3000))), (text) => {
        const covered = new Set<number>()
        let last = { start: -1, end: -1 }
        for (const chunk of chunksOf(text)) {
          expect(chunk.start).toBeGreaterThan(last.start)
          expect(chunk.end).toBeGreaterThan(last.end)
          expect(estimateTokens(text.slice(chunk.start, chunk.end))).toBeLessThanOrEqual(320)
          for (let at = chunk.start; at < chunk.end; at += 1) covered.add(at)
          last = chunk
        }
        const left = text.split('').filter((_, at) => !covered.has(at))
        expect(left.join('').trim()).toBe('')
      }),
      { numRuns: 60 }
    )
  })
})
