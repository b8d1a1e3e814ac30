import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerForm } from '@contract/entities/template'
import type { JsonObject } from '@contract/values'
import { readAnswer, TOO_MUCH } from '@main/generation/read-answer'
import { createAnswerReader, type AnswerReader } from '@main/workers/answer-reader'
import { turnsUntil } from '@test/helpers/turns'

let reader: AnswerReader
beforeAll(() => {
  reader = createAnswerReader()
  reader.warm()
})
afterAll(() => reader.close())

const json = (schema: JsonObject): AnswerForm => ({ format: 'json', schema })
const crew = json({ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] })

/** Lists in one another, each of which may be in one of two ways what the next one is: twice the work with every level. */
const branching = (levels: number): AnswerForm => {
  const next = (level: number): JsonObject =>
    level === levels ? { type: 'string' } : { $ref: `#/$defs/level${level + 1}` }
  const form = (level: number): JsonObject => ({ anyOf: [{ items: next(level) }, { items: next(level), minItems: 9 }] })
  const $defs = Object.fromEntries(Array.from({ length: levels }, (_, at) => [`level${at + 1}`, form(at + 1)]))
  return json({ $defs, ...form(0) })
}
const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`

describe('an answer', () => {
  it('is read as it is where nobody waits, to the last problem', async () => {
    for (const answer of ['{"name": "Ann"}', '{"name": 1}', '{"name": ', 'No.', '```json\n{"name": "Bo"}\n```'])
      expect(await reader.read(crew, answer)).toEqual(readAnswer(crew, answer))
    expect(await reader.check(crew, { name: 7 })).toMatchObject([{ path: '/name', keyword: 'type' }])
    expect(await reader.read({ format: 'text' }, 'Once.')).toEqual({ value: null, problems: [] })
  })

  it.each([
    [
      'a pattern that tries everything',
      json({ properties: { a: { pattern: '^(a+)+$' } } }),
      `{"a": "${'a'.repeat(50)}!"}`,
    ],
    ['a schema that branches at each level', branching(40), nested(40)],
    [
      'items that are all compared',
      json({ items: { uniqueItems: true } }),
      JSON.stringify([Array.from({ length: 20_000 }, (_, at) => [at])]),
    ],
  ])('is held against %s while everything else goes on', async (_, form, answer) => {
    const reading = reader.read(form, answer)
    expect(await turnsUntil(reading)).toBeGreaterThan(20)
    expect((await reading).problems).toMatchObject([{ keyword: 'schema' }])
    // The next one finds the thread as it was.
    expect((await reader.read(crew, '{"name": "Ann"}')).problems).toEqual([])
  })

  it('that takes all memory is a problem, and those behind it are read all the same', async () => {
    const small = createAnswerReader(24)
    const first = small.read(json({}), `[${Array.from({ length: 2_000_000 }, () => '[]').join(',')}]`)
    const second = small.read(crew, '{"name": "Ann"}')
    expect(await first).toEqual({ value: null, problems: [TOO_MUCH] })
    expect((await second).problems).toEqual([])
    await small.close()
    await expect(small.read(crew, '{}')).rejects.toThrow('closes')
  })
})
