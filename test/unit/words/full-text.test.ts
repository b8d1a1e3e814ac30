import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchExpression, stemmedText, STEM_TOKENIZER, termsOf } from '@main/words/full-text'
import { wordsOf } from '@main/words/words'

const PASSAGES = [
  'Хозяйка «Синего журавля» не спала.',
  'Он увидел хозяйку у окна.',
  'Журавль синего цвета улетел.',
  'The keeper’s lamp went out. I don’t know why.',
  'Lamps were lit by every keeper.',
  '火の王は眠る',
]

let db: Database.Database
beforeAll(() => {
  db = new Database(':memory:')
  db.exec(`CREATE VIRTUAL TABLE t USING fts5 (stems, tokenize = "${STEM_TOKENIZER}")`)
  const insert = db.prepare('INSERT INTO t (rowid, stems) VALUES (?, ?)')
  for (const [index, text] of PASSAGES.entries()) insert.run(index, stemmedText(text))
})
afterAll(() => db.close())

const find = (query: string, which?: 'all' | 'any'): number[] => {
  const expression = matchExpression(termsOf(query), which)
  if (expression === null) return []
  return db
    .prepare<[string], { rowid: number }>('SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid')
    .all(expression)
    .map(({ rowid }) => rowid)
}

describe('a search by words', () => {
  it.each([
    ['хозяйка', [0, 1]],
    ['хозяйку', [0, 1]],
    ['ХОЗЯЙКЕ окон', []],
    ['хозяйка окну', [1]],
    ['синий журавль', [0, 2]],
    ['«синий журавль»', [0]],
    ['"журавль синий"', [2]],
    ['lamp keeper', [3, 4]],
    ['“keeper lamp”', [3]],
    ["don't", [3]],
    ['I', [3]],
    ['я', []],
    ['火の王', [5]],
    ['"火の"', [5]],
    ['"', []],
    ['', []],
  ])('finds every form of %s, and what stands in quotes in its order', (query, expected) => {
    expect(find(query)).toEqual(expected)
  })

  it('takes one word of many where that is asked for', () => {
    expect(find('окно лампа lamps', 'any')).toEqual([1, 3, 4])
  })

  it.each(['NEAR(a b)', 'stems:lamp', 'lamp*', 'a AND OR NOT', '"" " \'', '{stems} : x', 'a"b"c"', '\0"lamp'])(
    'takes what FTS5 would read as its own language for words: %s',
    (query) => {
      expect(() => find(query)).not.toThrow()
      expect(() => find(query, 'any')).not.toThrow()
    }
  )

  it('finds any text by its own words', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'абё abc"\'’«»火1\u0301-'.split('')) })
    )
    const insert = db.prepare('INSERT INTO t (rowid, stems) VALUES (1000, ?)')
    const remove = db.prepare('DELETE FROM t WHERE rowid = 1000')
    fc.assert(
      fc.property(texts, (text) => {
        insert.run(stemmedText(text))
        try {
          const expected = wordsOf(text).length > 0
          expect(find(text).includes(1000)).toBe(expected)
          expect(find(`"${text.replaceAll(/["“”„«»〝〞＂]/gu, ' ')}"`).includes(1000)).toBe(expected)
        } finally {
          remove.run()
        }
      })
    )
  })
})
