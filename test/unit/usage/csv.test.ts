import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csv } from '@main/data/csv'

/** The file without the mark at its beginning. */
function body(file: string): string {
  expect(file.startsWith('\u{feff}')).toBe(true)
  return file.slice(1)
}

/** Reads CSV by the grammar of RFC 4180 and nothing more. */
function read(file: string): string[][] {
  const text = body(file)
  const rows: string[][] = []
  let at = 0
  while (at < text.length) {
    const row: string[] = []
    for (;;) {
      if (text[at] === '"') {
        let value = ''
        for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += text[at] === '"' ? 2 : 1) value += text[at] ?? ''
        at += 1
        row.push(value)
      } else {
        const end = text.slice(at).search(/,|\r\n/)
        row.push(text.slice(at, at + end))
        at += end
      }
      if (text[at] !== ',') break
      at += 1
    }
    expect(text.slice(at, at + 2)).toBe('\r\n')
    at += 2
    rows.push(row)
  }
  return rows
}

const awkward = fc.string({
  unit: fc.constantFrom('a', '"', ',', ';', '\r', '\n', '=', '+', '-', '@', '\t', ' ', 'ё', '＝'),
})
const anyField = fc.oneof(awkward, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null))
const anyRows = fc.array(fc.array(anyField, { minLength: 3, maxLength: 3 }), { maxLength: 8 })

describe('CSV', () => {
  it('is read back as it was, but for the mark before what looks like a formula', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const withoutMarks = (text: string) => text.replaceAll("'", '')
        expect(read(csv(rows)).map((row) => row.map(withoutMarks))).toEqual(
          rows.map((row) => row.map((one) => (one === null ? '' : String(one))))
        )
      })
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\ta', '\ra', '\na', '＝1'])('makes no formula of %j', (text) => {
    expect(read(csv([[text]]))).toEqual([[`'${text}`]])
  })

  it('makes no formula either where a spreadsheet separates cells by semicolons or tabs', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        // Such a spreadsheet sees no quotes in the middle of a cell, so every separator and line break ends one there.
        for (const line of body(csv(rows.map((row) => ['2026-01-01', ...row]))).split(/[;\t\r\n]/))
          expect(line).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/)
      })
    )
  })

  it.each([
    ['x;=1', "x;'=1"],
    ['x;"=1', `x;'"=1`],
    ['x\n=1', "x\n'=1"],
    ['x; =1', "x;' =1"],
    ['a;b', 'a;b'],
    ['1-2 = 3', '1-2 = 3'],
  ])('marks %j only where a cell may begin', (text, marked) => {
    expect(read(csv([[text]]))).toEqual([[marked]])
  })

  it('leaves numbers as they are, also those below zero', () => {
    expect(body(csv([[-1, 0.25, null]]))).toBe('-1,0.25,\r\n')
  })
})
