import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultIn } from '@main/formats/json-fault'

describe('the place where a text stops being JSON', () => {
  it.each([
    ['', 1, 1, ''],
    ['Dear diary', 1, 1, 'Dear diary'],
    ['{"a":1,}', 1, 8, '}'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '"b": 2'],
    ['{\r\n"ночь": 1,\r\n"день" 2}', 3, 8, '2}'],
    ['{"🌊": nope}', 1, 7, 'nope}'],
    ['{"a": 1} tail', 1, 10, 'tail'],
    ['{"a": // why\n1}', 1, 7, '// why'],
    ['{"a": [1, 2', 1, 12, ''],
    ["{'a': 1}", 1, 2, "'a': 1}"],
  ])('%j: line %i, column %i, near %j', (text, line, column, near) => {
    expect(faultIn(text)).toEqual({ line, column, near })
  })

  it('is found in any broken text, and lies in it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, cut) => {
        const text = json.slice(0, cut % json.length) + '\u0001'
        const { line, column } = faultIn(text)
        expect(line).toBe(1)
        expect(column).toBeLessThanOrEqual(text.length + 1)
      })
    )
  })

  it('is not looked for without end', () => {
    expect(faultIn('['.repeat(1_000_000))).toEqual(expect.any(Object))
  })
})
