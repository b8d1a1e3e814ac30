import { expect, test } from 'vitest'
import { propertiesOf } from '@contract/schema/properties'
import { fits } from '@contract/schema/validate-settings'
import { JsonObject } from '@contract/values'

const schema = JsonObject.parse(
  JSON.parse(`{
    "$defs": {
      "size": { "type": "integer", "minimum": 1 },
      "on": { "properties": { "thinking": { "const": true } }, "required": ["thinking"] }
    },
    "properties": {
      "thinking": { "type": "boolean" },
      "window": { "$ref": "#/$defs/size", "x-name": "Window" }
    },
    "allOf": [
      {
        "if": { "$ref": "#/$defs/on" },
        "then": { "properties": { "budget": { "type": "integer" } } },
        "else": { "properties": { "temperature": { "type": "number" } } }
      }
    ],
    "dependentSchemas": { "window": { "properties": { "overlap": { "type": "integer" } } } }
  }`)
)
const names = (values?: JsonObject) => [...propertiesOf(schema, values).keys()]

test('a schema has the properties that go with what is set', () => {
  expect(names({})).toEqual(['thinking', 'window', 'temperature'])
  expect(names({ thinking: true })).toEqual(['thinking', 'window', 'budget'])
  expect(names({ window: 5 })).toEqual(['thinking', 'window', 'temperature', 'overlap'])
})

test('without values it has all that there could ever be', () => {
  expect(names()).toEqual(['thinking', 'window', 'budget', 'temperature', 'overlap'])
})

test('a reference brings what it leads to, under what stands beside it', () => {
  expect(propertiesOf(schema, {}).get('window')).toEqual({ type: 'integer', minimum: 1, 'x-name': 'Window' })
})

test('a schema that leads to itself has an end', () => {
  const loop: JsonObject = { $defs: { again: { allOf: [{ $ref: '#/$defs/again' }], properties: { one: {} } } } }
  expect([...propertiesOf({ ...loop, $ref: '#/$defs/again' }, {}).keys()]).toEqual(['one'])
})

test('a schema that cannot be read forbids nothing', () => {
  expect(fits({ pattern: '(' }, 'anything')).toBe(true)
  expect(fits({ type: 'number', maximum: 2 }, 3)).toBe(false)
})
