import { describe, expect, it } from 'vitest'
import { checkValue } from '@contract/schema/check-value'
import { ValueProblem, valueKeywords } from '@contract/schema/value-problem'
import { JsonObject, type JsonValue } from '@contract/values'

type Case = [
  schema: JsonObject,
  value: JsonValue,
  problems: (readonly [path: string, keyword: string, expected?: object])[],
]

const text = { type: 'string' }
const hero: JsonObject = {
  type: 'object',
  properties: { name: text, level: { type: 'integer', minimum: 1, maximum: 20 }, tags: { type: 'array', items: text } },
  required: ['name', 'level'],
  additionalProperties: false,
}
const shape = (kind: string, field: string): JsonObject => ({
  type: 'object',
  properties: { kind: { const: kind }, [field]: { type: 'number' } },
  required: ['kind', field],
})

const conditional = JsonObject.parse(
  JSON.parse('{"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}')
)

const cases: Case[] = [
  [hero, { name: 'Ann', level: 3, tags: ['a'] }, []],
  [hero, { name: 'Ann', level: 'three' }, [['/level', 'type', { types: ['integer'], got: 'string' }]]],
  [
    hero,
    { tags: [1] },
    [
      ['/name', 'required', { name: 'name' }],
      ['/level', 'required'],
      ['/tags/0', 'type'],
    ],
  ],
  [
    hero,
    { name: 'Ann', level: 0, age: 3 },
    [
      ['/level', 'minimum', { limit: 1 }],
      ['/age', 'additionalProperties', { name: 'age' }],
    ],
  ],
  [hero, [{ name: 'Ann', level: 1 }], [['', 'type', { types: ['object'], got: 'array' }]]],
  [{ maximum: 5 }, 6, [['', 'maximum', { limit: 5 }]]],
  [{ exclusiveMinimum: 5 }, 5, [['', 'exclusiveMinimum', { limit: 5 }]]],
  [{ exclusiveMaximum: 5 }, 5, [['', 'exclusiveMaximum', { limit: 5 }]]],
  [{ multipleOf: 0.1 }, 0.25, [['', 'multipleOf', { limit: 0.1 }]]],
  [{ minLength: 3 }, '🎈🎈', [['', 'minLength', { limit: 3 }]]],
  [{ maxLength: 1 }, 'ab', [['', 'maxLength', { limit: 1 }]]],
  [{ pattern: '^\\p{Lu}' }, 'аня', [['', 'pattern', { pattern: '^\\p{Lu}' }]]],
  [{ format: 'date' }, 'today', [['', 'format', { format: 'date' }]]],
  [{ enum: ['a', 1, null] }, 'b', [['', 'enum', { values: ['a', 1, null] }]]],
  [{ const: { a: 1 } }, { a: 2 }, [['', 'const', { value: { a: 1 } }]]],
  [{ minItems: 2 }, [1], [['', 'minItems', { limit: 2 }]]],
  [{ maxItems: 1 }, [1, 2], [['', 'maxItems', { limit: 1 }]]],
  [{ uniqueItems: true }, [{ a: 1 }, { a: 1 }], [['', 'uniqueItems', {}]]],
  [{ prefixItems: [text, text], items: false }, ['a', 'b', 'c'], [['/2', 'items', {}]]],
  [{ contains: { type: 'number' } }, ['a', 'b'], [['', 'contains', { least: 1, most: null }]]],
  [
    { contains: { type: 'number' }, minContains: 2, maxContains: 3 },
    [1, 'b', 'c'],
    [['', 'contains', { least: 2, most: 3 }]],
  ],
  [{ contains: text, maxContains: 1 }, ['a', 'b', 1], [['', 'contains', { least: 1, most: 1 }]]],
  [{ minProperties: 1 }, {}, [['', 'minProperties', { limit: 1 }]]],
  [{ maxProperties: 0 }, { a: 1 }, [['', 'maxProperties', { limit: 0 }]]],
  [{ propertyNames: { pattern: '^[a-z]+$' } }, { a: 1, B2: 2 }, [['', 'propertyNames', { name: 'B2' }]]],
  [
    { dependentRequired: { birth: ['place'] } },
    { birth: 1900 },
    [['/place', 'dependentRequired', { name: 'place', other: 'birth' }]],
  ],
  [{ dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }, [['/b', 'required', { name: 'b' }]]],
  [conditional, {}, [['/c', 'required']]],
  [{ not: text }, 'a', [['', 'not', {}]]],
  [
    { allOf: [{ minLength: 2 }, { pattern: 'b' }] },
    'a',
    [
      ['', 'minLength'],
      ['', 'pattern'],
    ],
  ],
  [{ anyOf: [text, { type: 'null' }] }, 3, [['', 'type', { types: ['string', 'null'], got: 'number' }]]],
  [{ anyOf: [{ type: 'string', minLength: 3 }, { type: 'null' }] }, 'a', [['', 'minLength', { limit: 3 }]]],
  [{ oneOf: [shape('round', 'radius'), shape('square', 'side')] }, { kind: 'square', side: 'x' }, [['/side', 'type']]],
  [{ oneOf: [shape('round', 'radius'), shape('square', 'side')] }, { kind: 'flat' }, [['', 'oneOf', {}]]],
  [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 3, [['', 'oneOf', {}]]],
  [{ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, {}, [['', 'anyOf', {}]]],
  [{ $ref: '#/$defs/size', $defs: { size: { type: 'number', minimum: 2 } } }, 1, [['', 'minimum', { limit: 2 }]]],
  [
    { type: 'object', properties: { next: { $ref: '#' } }, unevaluatedProperties: false },
    { next: { next: { x: 1 } } },
    [['/next/next/x', 'additionalProperties', { name: 'x' }]],
  ],
  [{ properties: { 'a/b~c ж%': { type: 'number' } } }, { 'a/b~c ж%': '1' }, [['/a~1b~0c ж%', 'type']]],
  [{ additionalProperties: text }, { '\ud83c': 1 }, [['/\ufffd', 'type']]],
  [{ $ref: '#/$defs/none' }, 1, [['', 'schema']]],
  [{ pattern: '(' }, 'a', [['', 'schema']]],
  [{ $ref: '#' }, 1, [['', 'schema']]],
]

const anything: unknown = expect.any(Object)

describe('a value and its schema', () => {
  it.each(cases)('%j of %j', (schema, value, expected) => {
    const problems = checkValue(schema, value)
    expect(problems).toEqual(
      expected.map(([path, keyword, details]): unknown => ({
        path,
        keyword,
        expected: details ?? anything,
        got: expect.toSatisfy((got) => got === null || typeof got === 'string'),
        message: expect.stringMatching(/^[a-z]/),
      }))
    )
    expect(ValueProblem.array().safeParse(problems).success).toBe(true)
  })

  it('has a case for every problem that there is', () => {
    const named = new Set(cases.flatMap(([, , problems]) => problems.map(([, keyword]) => keyword)))
    // What comes of reading an answer, see read-answer.test.ts.
    const ofReading = ['cells', 'nothing', 'cut_off', 'broken', 'too_deep', 'same_column']
    expect(valueKeywords.filter((keyword) => !named.has(keyword))).toEqual(ofReading)
  })

  it('says what was there, and not all of what is long', () => {
    const [short, long, missing] = checkValue(
      { properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b', 'c'] },
      { a: 'x', b: 'y'.repeat(500) }
    ).toSorted((a, b) => a.path.localeCompare(b.path))
    expect(short?.got).toBe('"x"')
    expect(long?.got).toHaveLength(80)
    expect(missing).toMatchObject({ path: '/c', got: null, message: 'is missing' })
  })

  it('ends in a list of which every item is wrong', () => {
    const problems = checkValue(
      { items: { type: 'string' } },
      Array.from({ length: 500 }, (_, index) => index)
    )
    expect(problems).toHaveLength(200)
  })
})
