import { sameJson } from '@contract/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from '@main/settings/differences'
import { effectiveFields, valuesOf } from '@contract/settings/effective-settings'
import { type FieldMap } from '@contract/settings/field-map'
import { anyFields } from './field-arbitraries'

const over = (base: FieldMap, overrides: FieldMap) =>
  valuesOf(
    effectiveFields([
      { origin: 'preset', fields: base },
      { origin: 'story', fields: overrides },
    ])
  )

const sorted = (fields: FieldMap) => Object.fromEntries([...fields].toSorted(([a], [b]) => (a < b ? -1 : 1)))

test('what differs, laid over the base, gives the target again', () => {
  fc.assert(
    fc.property(anyFields, anyFields, (base, target) => {
      expect(sorted(over(base, differences(base, target)))).toEqual(sorted(target))
    }),
    { numRuns: 2000 }
  )
})

test('nothing differs from itself, whatever the order of its keys', () => {
  fc.assert(
    fc.property(anyFields, (fields) => {
      expect([...differences(fields, new Map([...fields].toReversed()))]).toEqual([])
    })
  )
  expect([...differences(new Map([['custom.x', { a: 1, b: 2 }]]), new Map([['custom.x', { b: 2, a: 1 }]]))]).toEqual([])
})

test('the differences are sparse: with the same provider and model, only what is not the same', () => {
  fc.assert(
    fc.property(anyFields, anyFields, (base, target) => {
      fc.pre(['providerId', 'model'].every((path) => sameJson(base.get(path), target.get(path))))
      for (const [path, value] of differences(base, target)) expect(sameJson(base.get(path), value)).toBe(false)
    })
  )
})

test('another provider takes its keys and settings along, even where they read the same', () => {
  const base = new Map<string, string>([
    ['providerId', 'one'],
    ['model', 'm'],
    ['settings.order', 'a'],
    ['samplers.seed', '1'],
  ])
  const target = new Map([...base, ['providerId', 'two'] as const])
  expect(Object.fromEntries(differences(base, target))).toEqual({
    providerId: 'two',
    model: 'm',
    'settings.order': 'a',
  })
})

test('what the former provider had and the new one does not needs no word', () => {
  const base = new Map<string, string>([
    ['providerId', 'one'],
    ['model', 'm'],
    ['serverId', 's'],
    ['custom.x', '1'],
    ['retries', '1'],
  ])
  const target = new Map<string, string>([
    ['providerId', 'two'],
    ['model', 'm'],
  ])
  expect(Object.fromEntries(differences(base, target))).toEqual({ providerId: 'two', model: 'm', retries: null })
})
