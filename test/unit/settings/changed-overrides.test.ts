import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonValue } from '@contract/values'
import { changedOverrides, remainingOverrides } from '@main/settings/changed-overrides'
import { effectiveFields, valuesOf } from '@contract/settings/effective-settings'
import type { FieldMap } from '@contract/settings/field-map'
import { anyFields, anyOverrides } from './field-arbitraries'

const over = (preset: FieldMap) => (overrides: FieldMap) =>
  valuesOf(
    effectiveFields([
      { origin: 'preset', fields: preset },
      { origin: 'story', fields: overrides },
    ])
  )

const preset = new Map<string, JsonValue>([
  ['providerId', 'one'],
  ['model', 'm'],
  ['serverId', 's'],
  ['tokenIds', ['k']],
  ['samplers.temperature', 0.8],
])
const of = (overrides: FieldMap) => Object.fromEntries(overrides)
const change = (before: Record<string, JsonValue>, changes: Record<string, JsonValue>) =>
  of(changedOverrides(over(preset), new Map(Object.entries(before)), new Map(Object.entries(changes))))

test('what a change asks for is what is in effect afterwards', () => {
  fc.assert(
    fc.property(anyFields, anyOverrides, anyOverrides, (base, before, changes) => {
      const resolve = over(base)
      const after = resolve(changedOverrides(resolve, before, changes))
      for (const [path, value] of changes) expect(after.get(path) ?? null).toEqual(value)
    }),
    { numRuns: 2000 }
  )
})

test('a change of one field leaves the overrides of others alone', () => {
  fc.assert(
    fc.property(anyFields, anyOverrides, fc.double({ noNaN: true }), (base, before, value) => {
      const after = changedOverrides(over(base), before, new Map([['samplers.temperature', value]]))
      const others = (overrides: FieldMap) => [...overrides].filter(([path]) => path !== 'samplers.temperature')
      expect(others(after)).toEqual(others(before))
    })
  )
})

test('choosing a model makes differences only of what is bound to it', () => {
  const bound = /^(providerId|model|serverId|tokenIds|(settings|custom)\..+)$/
  fc.assert(
    fc.property(anyFields, anyOverrides, anyOverrides, (base, before, changes) => {
      const after = changedOverrides(over(base), before, changes)
      const added = [...after.keys()].filter((path) => !before.has(path) && !changes.has(path))
      expect(added.filter((path) => !bound.test(path))).toEqual([])
    }),
    { numRuns: 2000 }
  )
})

test('giving everything back leaves nothing', () => {
  fc.assert(
    fc.property(anyFields, anyOverrides, (base, before) => {
      expect([...remainingOverrides(over(base), before, () => true)]).toEqual([])
    })
  )
})

test('a field set to what the preset says is no difference', () => {
  expect(change({ 'samplers.temperature': 0.95 }, { 'samplers.temperature': 0.8 })).toEqual({})
  expect(change({}, { 'samplers.seed': null })).toEqual({})
})

test('not set here is a difference where the preset sets it', () => {
  expect(change({}, { 'samplers.temperature': null })).toEqual({ 'samplers.temperature': null })
})

test('another provider leaves the keys of the former one, and its own come along when it is chosen', () => {
  const before = { providerId: 'two', model: 'n', tokenIds: ['t'], 'settings.order': 'x' }
  expect(change(before, { providerId: 'three', model: 'n' })).toEqual({ providerId: 'three', model: 'n' })
})

test('the preset’s own model, chosen again, is no difference, and has its server and keys again', () => {
  const before = { providerId: 'two', model: 'n', tokenIds: ['t'] }
  expect(change(before, { providerId: 'one', model: 'm', serverId: 's' })).toEqual({})
})

test('another model on the same server says its server, which would not follow', () => {
  expect(change({}, { model: 'n', serverId: 's' })).toEqual({ model: 'n', serverId: 's' })
})

test('a model given back takes the keys of its provider with it', () => {
  const before = new Map<string, JsonValue>([
    ['providerId', 'two'],
    ['model', 'n'],
    ['tokenIds', ['t']],
    ['samplers.temperature', 0.95],
  ])
  const kept = remainingOverrides(over(preset), before, (path) => ['providerId', 'model', 'serverId'].includes(path))
  expect(of(kept)).toEqual({ 'samplers.temperature': 0.95 })
})
