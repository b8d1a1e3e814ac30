import { describe, expect, it } from 'vitest'
import { runThrough } from '@test/helpers/run-through'
import type { SpokenPart } from '@contract/entities/media'
import { PAUSES, piecesOf, spoken } from '@main/speech/pieces'

const part = (text: string, words: string, voice: string | null): SpokenPart => {
  const from = text.indexOf(words)
  return { from, to: from + words.length, entryId: null, voice }
}
const pieces = (text: string, parts: readonly SpokenPart[] = [], longest: number | null = null) =>
  runThrough(piecesOf(text, parts, { longest, language: 'ru' })).pieces

describe('pieces of a text', () => {
  it('are sentences of one voice, with rests between them as they stand in the text', () => {
    const text = 'Утро. Туман.\n— Иду, — сказал Игнат. — Жди!\n\nОн ушёл.'
    const parts = [part(text, 'Иду,', 'filipp'), part(text, 'Жди!', 'filipp')]
    expect(pieces(text, parts).map(({ text: words, voice, pauseMs }) => [words, voice, pauseMs])).toEqual([
      ['Утро. Туман.', null, 0],
      ['Иду,', 'filipp', PAUSES.line],
      ['— сказал Игнат.', null, PAUSES.within],
      ['Жди!', 'filipp', PAUSES.sentence],
      ['Он ушёл.', null, PAUSES.paragraph],
    ])
  })

  it('are never longer than the model takes, and lose nothing', () => {
    const text = 'Долгая строка про море и туман, в которой много слов. '.repeat(60)
    for (const longest of [20, 100, 5_000, null]) {
      const all = pieces(text, [], longest)
      for (const piece of all) expect(piece.text.length).toBeLessThanOrEqual(Math.min(longest ?? 800, 800))
      expect(
        all
          .map((piece) => piece.text)
          .join('')
          .replaceAll(/\s/gu, '')
      ).toBe(text.replaceAll(/\s/gu, ''))
    }
    expect(pieces(text, [], null).length).toBeLessThan(6)
  })

  it('take parts as they come: in any order, over each other, beyond the end', () => {
    const text = 'Раз два три четыре пять'
    const parts = [
      { from: 8, to: 400, entryId: null, voice: 'b' },
      { from: 0, to: 11, entryId: null, voice: 'a' },
    ]
    expect(pieces(text, parts).map(({ text: words, voice }) => [words, voice])).toEqual([
      ['Раз два три', 'a'],
      ['четыре пять', 'b'],
    ])
    expect(pieces('***\n…')).toEqual([])
  })

  it('are sent without the marks of bold and italic, and with the plus of a stress', () => {
    expect(spoken('## Глава\n*Он* **ушёл** в з+амок, _тихо_, snake_case')).toBe(
      'Глава\nОн ушёл в з+амок, тихо, snake_case'
    )
  })
})
