import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '@main/words/words'

const plain = (text: string) => wordsOf(text).map(({ word }) => word)
const stems = (text: string) => wordsOf(text).map(({ stem }) => stem)

/** Letters, marks and signs that people write stories with, and some that nobody should. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'абвёйЁЙ abcXYZ\'’«»"-—…!0123\u0301\u00ad\n火の'.split('')) }),
  fc.string({ unit: 'binary' })
)

describe('the words of a text', () => {
  it.each([
    ['Хозяйка трактира, хозяйку трактира', ['хозяйк', 'трактир', 'хозяйк', 'трактир']],
    ['She was dying; he died. They die.', ['she', 'was', 'die', 'he', 'die', 'they', 'die']],
    ['lanterns and a lantern', ['lantern', 'and', 'a', 'lantern']],
  ])('have one stem in all their forms: %s', (text, expected) => {
    expect(stems(text)).toEqual(expected)
  })

  it.each([
    ['Ещё ёлка, еще елка', ['еще', 'елка', 'еще', 'елка']],
    ['е\u0308лка', ['елка']],
    ['за́мок и замо́к', ['замок', 'и', 'замок']],
    ['йод, и\u0306од', ['йод', 'йод']],
    ['naïve café', ['naive', 'cafe']],
    ['СТРАЖ Straße', ['страж', 'straße']],
    ['хо\u00adзяй\u00adка', ['хозяйка']],
    ['Я и ты. I, o!', ['я', 'и', 'ты', 'i', 'o']],
    ['В 1812 году; 2-й этаж', ['в', '1812', 'году', '2', 'й', 'этаж']],
    ['火の王', ['火', 'の', '王']],
    ['火\u0301\u00ad王', ['火', '王']],
    ['第3章x', ['第', '3', '章', 'x']],
    ['— … !', []],
    ['', []],
  ])('are found however they are written: %s', (text, expected) => {
    expect(plain(text)).toEqual(expected)
  })

  it.each([
    ["the keeper's lamp", ['the', 'keeper', 'lamp']],
    ["don't, won’t", ['dont', 'wont']],
    ["we'll, they’ve, I'm, he'd, you're", ['we', 'they', 'i', 'he', 'you']],
    ["d'Artagnan, O’Brien", ['d', 'artagnan', 'o', 'brien']],
    ["'quoted words'", ['quoted', 'words']],
    ["dogs' s", ['dogs', 's']],
  ])('lose no word to an apostrophe: %s', (text, expected) => {
    expect(plain(text)).toEqual(expected)
  })

  it('stand where they say', () => {
    const text = 'Она взяла ёлку — the keeper’s own.'
    expect(wordsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Она',
      'взяла',
      'ёлку',
      'the',
      'keeper’s',
      'own',
    ])
  })

  it('are never empty, and follow each other within the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0
        for (const { word, stem, start, end } of wordsOf(text)) {
          expect(word).not.toBe('')
          expect(stem).not.toBe('')
          expect(stem).not.toMatch(/\s/)
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      })
    )
  })

  it('are the same in capitals, and for either apostrophe', () => {
    const prose = fc.string({ unit: fc.constantFrom(..."абвгёйъьэюя abcdefghijklmnopqrst'-,. ".split('')) })
    fc.assert(
      fc.property(prose, (text) => {
        expect(plain(text.toUpperCase())).toEqual(plain(text))
        expect(plain(text.replaceAll("'", '’'))).toEqual(plain(text))
        expect(plain(text.replaceAll('ё', 'е'))).toEqual(plain(text))
      })
    )
  })
})
