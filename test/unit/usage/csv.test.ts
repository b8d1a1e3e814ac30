import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csv } from '@main/features/usage/csv'

/** Reads CSV by the grammar of RFC 4180 and nothing more. */
function read(text: string): string[][] {
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
  unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', '+', '-', '@', '\t', ' ', 'ё', '＝'),
})
const anyField = fc.oneof(awkward, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null))
const anyRows = fc.array(fc.array(anyField, { minLength: 3, maxLength: 3 }), { maxLength: 8 })

describe('CSV', () => {
  it('is read back as it was, but for the mark before what looks like a formula', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(read(csv(rows)).map((row) => row.map((one) => one.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')))).toEqual(
          rows.map((row) => row.map((one) => (one === null ? '' : String(one))))
        )
      })
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])('makes no formula of %j', (text) => {
    expect(read(csv([[text]]))).toEqual([[`'${text}`]])
  })

  it('leaves numbers as they are, also those below zero', () => {
    expect(csv([[-1, 0.25, null]])).toBe('-1,0.25,\r\n')
  })
})
