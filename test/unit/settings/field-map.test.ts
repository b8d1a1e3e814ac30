import { sameJson } from '@contract/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import { FieldPath } from '@contract/entities/effective'
import { JsonValue } from '@contract/values'
import { fieldsOfRole, fieldsOfSettings, settingsOfFields } from '@contract/settings/field-map'

/** Without `__proto__`, which no schema of the contract lets through. */
const json = fc
  .jsonValue()
  .map((value) => JsonValue.parse(value))
  .filter((value) => value !== null && !JSON.stringify(value).includes('__proto__'))
const key = fc
  .oneof(fc.constantFrom('temperature', 'a.b', 'constructor', 'toString', 'x y'), fc.string({ minLength: 1 }))
  .filter((name) => name !== '__proto__')
const object = fc.dictionary(key, json, { minKeys: 1, maxKeys: 4, noNullPrototype: true })

const settings = fc.record(
  {
    model: fc.stringMatching(/^[a-z]{1,20}$/),
    retries: fc.integer({ min: 0, max: 10 }),
    tokenStrategy: fc.constantFrom('failover' as const, 'sequential' as const, 'random' as const),
    samplers: object,
    custom: object,
    settings: object,
    timeouts: fc.record({ connectMs: fc.integer({ min: 1000, max: 3_600_000 }) }),
  },
  { requiredKeys: [] }
)

test('settings come back whole from their fields, whatever their keys', () => {
  fc.assert(
    fc.property(settings, (given: ModelSettings) => {
      expect(sameJson(settingsOfFields(fieldsOfSettings(given)), given)).toBe(true)
    }),
    { numRuns: 500 }
  )
})

test('a field called __proto__ changes no prototype', () => {
  const { custom = {} } = settingsOfFields(new Map([['custom.__proto__', { hostile: true }]]))
  expect(Object.getPrototypeOf(custom)).toBe(Object.prototype)
  expect(custom['hostile']).toBeUndefined()
})

test('every field has a path that the contract takes', () => {
  fc.assert(
    fc.property(settings, (given: ModelSettings) => {
      for (const path of fieldsOfSettings(given).keys()) expect(FieldPath.safeParse(path).success).toBe(true)
    })
  )
})

test('a role says its switch always, and its model config when it has one', () => {
  const fields = fieldsOfRole({ enabled: false, modelConfigId: null, settings: { model: 'm' } })
  expect(Object.fromEntries(fields)).toEqual({ enabled: false, model: 'm' })
})

test('what cannot be a setting is refused, not kept', () => {
  expect(() => settingsOfFields(new Map([['retries', 'often']]))).toThrow(/retries/)
  expect(() => settingsOfFields(new Map([['nonsense', 1]]))).toThrow(/nonsense/)
})

test('values are the same by what they say: nothing is null, and the order of keys is nothing', () => {
  fc.assert(fc.property(json, (value) => sameJson(value, structuredClone(value))))
  expect(sameJson(undefined, null)).toBe(true)
  expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true)
  expect(sameJson([1, 2], [2, 1])).toBe(false)
  expect(sameJson({ a: 1 }, { a: 1, b: 2 })).toBe(false)
  expect(sameJson([], {})).toBe(false)
  expect(sameJson(0, false)).toBe(false)
})
