import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonColumn } from '@main/data/json-column'

const column = jsonColumn(z.strictObject({ name: z.string() }), 2)

describe('a JSON column', () => {
  it('gives back what was put in, with the version of its shape beside it', () => {
    const text = column.encode({ name: 'ё "quoted" 🌊' })
    expect(JSON.parse(text)).toEqual({ version: 2, value: { name: 'ё "quoted" 🌊' } })
    expect(column.decode(text)).toEqual({ name: 'ё "quoted" 🌊' })
  })

  it.each([
    ['an older version', '{"version":1,"value":{"name":"x"}}'],
    ['a newer version', '{"version":3,"value":{"name":"x"}}'],
    ['no version', '{"name":"x"}'],
    ['a value of another shape', '{"version":2,"value":{"name":1}}'],
    ['a field that nobody knows', '{"version":2,"value":{"name":"x","more":1}}'],
    ['half a text', '{"version":2,"va'],
    ['nothing', ''],
  ])('says that the database is damaged where there is %s', (_what, text) => {
    expect(() => column.decode(text)).toThrow(expect.objectContaining({ code: 'database_damaged' }))
  })
})
