import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEscapes, showEscapes } from '@renderer/domain/settings-form/escapes'
import { editNumber, parseNumber } from '@renderer/domain/settings-form/number-text'

describe('texts of settings', () => {
  it('reads back every stop text as it was, whatever signs it has', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readEscapes(showEscapes(text))).toBe(text)
      })
    )
  })

  it('reads back every number as it is edited, in both languages', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (drawn) => {
        // Nobody means minus zero.
        const number = drawn + 0
        for (const language of ['en', 'ru'] as const)
          expect(parseNumber(editNumber(number, language), language)).toBe(number)
      })
    )
  })

  it('takes groups for groups and refuses half a number', () => {
    expect(parseNumber('1,200', 'en')).toBe(1200)
    expect(parseNumber('0,8', 'en')).toBe(0.8)
    expect(parseNumber('1 200,5', 'ru')).toBe(1200.5)
    expect(parseNumber('1.2.3', 'en')).toBeNull()
    expect(parseNumber('12abc', 'en')).toBeNull()
  })
})
