import { Validator, type Schema } from '@cfworker/json-schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonValue, type JsonObject } from '@contract/values'
import { askDemo, system, user } from './ask-demo'

const answerFor = async (responseSchema: JsonObject, language: 'en' | 'ru' = 'en', seed = 0): Promise<unknown> =>
  JSON.parse(
    (await askDemo([system(language)], { seed }, { responseFormat: { type: 'schema', schema: responseSchema } })).text
  )

const bounds = fc.tuple(fc.nat(4), fc.nat(4)).map(([low, more]) => ({ low, high: low + more }))
const json = fc.jsonValue({ maxDepth: 1 }).map((value) => JsonValue.parse(value))
const leaf = fc.oneof<fc.Arbitrary<JsonObject>[]>(
  fc.constant({ type: 'boolean' }),
  fc.constant({ type: 'null' }),
  fc
    .constantFrom('date', 'date-time', 'time', 'email', 'uri', 'uuid', 'ipv4', 'hostname')
    .map((format) => ({ type: 'string', format })),
  bounds.map(({ low, high }) => ({ type: 'string', minLength: low * 30, maxLength: high * 30 })),
  fc.array(json, { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
  json.map((value) => ({ const: value })),
  fc
    .tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 90 }))
    .map(([minimum, more]) => ({ type: 'integer', minimum, maximum: minimum + more })),
  fc
    .tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 90 }))
    .map(([low, more]) => ({ type: 'number', exclusiveMinimum: low / 7, exclusiveMaximum: (low + more) / 7 })),
  fc.integer({ min: 1, max: 9 }).map((multipleOf) => ({ type: 'integer', multipleOf, exclusiveMinimum: 10 })),
  fc.constant({ $ref: '#/$defs/word' }),
  fc.constant({ type: ['string', 'null'] })
)
const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('schema'), bounds)
      .map(([items, { low, high }]) => ({ type: 'array', items, minItems: low, maxItems: high })),
    fc
      .array(tie('schema'), { minLength: 1, maxLength: 3 })
      .map((prefixItems) => ({ type: 'array', prefixItems, items: false })),
    fc
      .dictionary(fc.constantFrom('name', 'title', 'age', 'a b', 'имя', 'toString'), tie('schema'), { maxKeys: 4 })
      .map((properties) => ({
        type: 'object',
        properties,
        required: Object.keys(properties).slice(1),
        additionalProperties: false,
      })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf }))
  ),
}))

describe('an answer for a schema', () => {
  it('refuses a schema with half of a character in it, and takes one that only looks like it', async () => {
    const named = (name: string): JsonObject => ({
      type: 'object',
      properties: { [name]: { type: 'boolean' } },
      required: [name],
    })
    await expect(answerFor(named('mood\ud83d'))).rejects.toMatchObject({ code: 'provider_request_rejected' })
    expect(Object.keys(Object(await answerFor(named('mood\\ud83d'))))).toEqual(['mood\\ud83d'])
    expect(Object.keys(Object(await answerFor(named('mood😀'))))).toEqual(['mood😀'])
  })

  it('is valid', async () => {
    await fc.assert(
      fc.asyncProperty(schema, fc.nat(), async (generated, seed) => {
        const root = { ...generated, $defs: { word: { type: 'string', minLength: 1, maxLength: 12 } } }
        const checked: Schema = root
        const answer = await answerFor(root, 'en', seed)
        expect(new Validator(checked, '2020-12').validate(answer).errors).toEqual([])
      }),
      { numRuns: 300 }
    )
  })

  it('comes to an end where a schema contains itself', async () => {
    const person = {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/person' } } },
      required: ['name'],
    }
    expect(await answerFor({ $ref: '#/$defs/person', $defs: { person } })).toMatchObject({ name: expect.any(String) })
  })

  it('is refused for a schema that nothing can fill, instead of wrong', async () => {
    const endless = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] }
    const impossible: JsonObject[] = [
      endless,
      { type: 'string', pattern: '^[A-Z]{9}$' },
      { type: 'string', minLength: 1e9 },
      { not: {} },
    ]
    for (const schema of impossible) {
      await expect(answerFor(schema)).rejects.toMatchObject({ code: 'provider_request_rejected' })
    }
  })

  it('is filled with words of the story’s language', async () => {
    const schema = {
      type: 'object',
      properties: { name: { type: 'string' }, scene: { type: 'string', minLength: 40 } },
    }
    const russian = await askDemo(
      [system('ru'), user('Опиши героя.')],
      {},
      { responseFormat: { type: 'schema', schema: schema } }
    )
    expect(russian.text.replaceAll(/"(name|scene)"/g, '')).not.toMatch(/[a-z]/i)
  })
})
