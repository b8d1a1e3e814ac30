import { expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '@contract/values'
import { checkSchema } from '@contract/schema/check-schema'
import { schemaOfSample } from '@renderer/features/templates/schema-sample'
import { kindOf, kinds, newSchema, schemaFrom, withKind } from '@renderer/features/templates/schema-shape'

test('Every kind of field is a schema that values can be checked with, and is read as the same kind', () => {
  for (const kind of kinds) {
    expect(checkSchema(newSchema(kind))).toEqual([])
    expect(kindOf(newSchema(kind))).toBe(kind)
    for (const next of kinds) expect(kindOf(withKind(newSchema(kind), next))).toBe(next)
  }
})

test('What is told of a field stays when its kind changes; a list is made of what it was', () => {
  const one = { type: 'string', description: 'Who', maxLength: 9 }
  expect(withKind(one, 'number')).toEqual({ type: 'number', description: 'Who' })
  const list = withKind(one, 'list')
  expect(list).toEqual({ type: 'array', description: 'Who', items: { type: 'string', maxLength: 9 } })
  expect(withKind(list, 'text')).toEqual(one)
})

test.each<[value: JsonValue, properties: JsonObject, required: string[]]>([
  [[{ a: 1 }, { a: 1.5, b: 'x' }], { a: { type: 'number' }, b: { type: 'string' } }, ['a']],
  [[{ a: [1] }, { a: ['x'] }], { a: { type: 'array', items: { type: ['integer', 'string'] } } }, ['a']],
  [[{ a: null }, { a: true }], { a: { type: 'boolean' } }, ['a']],
])('Of a list of objects, each gives its part to the schema', (value, properties, required) => {
  expect(schemaFrom(value)).toMatchObject({ type: 'array', items: { type: 'object', properties, required } })
})

test('A table is described by its columns or by one of its rows', () => {
  expect(schemaOfSample('name;"age"\nAnn;3', 'csv')).toMatchObject({ required: ['name', 'age'] })
  expect(schemaOfSample('[{"name": "Ann"}]', 'csv')).toMatchObject({ type: 'object', required: ['name'] })
  expect(schemaOfSample('name,name', 'csv')).toBeNull()
  expect(schemaOfSample('not json', 'json')).toBeNull()
})
