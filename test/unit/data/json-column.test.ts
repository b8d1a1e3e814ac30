import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { jsonColumn, onUnreadable, type Unreadable } from '@main/data/json-column'
import type { JsonValue } from '@contract/values'

const Person = z.strictObject({ first: z.string(), last: z.string() })
/** Version 1 was a bare name, version 2 an object with the whole name. */
const upgrades = [
  (older: JsonValue) => ({ name: older }),
  (older: JsonValue) => {
    const [first = '', last = ''] = z.object({ name: z.string() }).parse(older).name.split(' ')
    return { first, last }
  },
]
const nobody = { first: '', last: '' }
const column = jsonColumn(Person, { upgrades, otherwise: nobody })
const strict = jsonColumn(z.strictObject({ name: z.string() }))

const unreadable = [
  ['a newer version', '{"version":4,"value":{"first":"x","last":"y"}}'],
  ['no version', '{"first":"x","last":"y"}'],
  ['a value of another shape', '{"version":3,"value":{"first":1,"last":"y"}}'],
  ['an older value that no upgrade can take', '{"version":2,"value":7}'],
  ['a field that nobody knows', '{"version":3,"value":{"first":"x","last":"y","more":1}}'],
  ['half a text', '{"version":3,"va'],
  ['nothing', ''],
] as const

describe('a JSON column', () => {
  it('gives back what was put in, with the version of its shape beside it', () => {
    const text = column.encode({ first: 'ё "quoted"', last: '🌊' })
    expect(JSON.parse(text)).toEqual({ version: 3, value: { first: 'ё "quoted"', last: '🌊' } })
    expect(column.decode(text)).toEqual({ first: 'ё "quoted"', last: '🌊' })
  })

  it.each([
    [1, '"Anna Karenina"'],
    [2, '{"name":"Anna Karenina"}'],
    [3, '{"first":"Anna","last":"Karenina"}'],
  ])('reads what was written by version %i', (version, value) => {
    expect(column.decode(`{"version":${version},"value":${value}}`)).toEqual({ first: 'Anna', last: 'Karenina' })
  })

  it.each(unreadable)('has something else to stand for %s, and notes what was there', (_what, text) => {
    const noted: Unreadable[] = []
    onTestFinished(onUnreadable((value) => noted.push(value)))
    expect(column.decode(text)).toBe(nobody)
    expect(noted.map((value) => value.text)).toEqual([text])
  })

  it.each(unreadable)('says that the database is damaged where nothing can stand for %s', (_what, text) => {
    expect(() => strict.decode(text)).toThrow(expect.objectContaining({ code: 'database_damaged' }))
  })
})
