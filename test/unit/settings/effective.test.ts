import { sameJson } from '@contract/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonValue } from '@contract/values'
import { effectiveFields, valuesOf, type Layer } from '@contract/settings/effective-settings'
import { type FieldMap } from '@contract/settings/field-map'
import { anyFields, anyOverrides } from './field-arbitraries'

const none: FieldMap = new Map<string, JsonValue>()

const layered = (modelConfig: FieldMap, preset: FieldMap, story: FieldMap): Layer[] => [
  { origin: 'modelConfig', fields: modelConfig },
  { origin: 'preset', fields: preset },
  { origin: 'story', fields: story },
]

test('nothing is in effect that no layer set, and nothing that is not set has a value', () => {
  fc.assert(
    fc.property(anyFields, anyFields, anyOverrides, (config, preset, story) => {
      for (const [path, { value, origin }] of effectiveFields(layered(config, preset, story))) {
        expect(value).not.toBeNull()
        const from = { modelConfig: config, preset, story }[origin]
        expect(from.has(path) && sameJson(from.get(path), value)).toBe(true)
      }
    }),
    { numRuns: 1000 }
  )
})

test('the origin is the highest layer that says anything of the field', () => {
  fc.assert(
    fc.property(anyFields, anyFields, anyOverrides, (config, preset, story) => {
      for (const [path, { origin }] of effectiveFields(layered(config, preset, story)))
        expect(origin).toBe(story.has(path) ? 'story' : preset.has(path) ? 'preset' : 'modelConfig')
    }),
    { numRuns: 1000 }
  )
  expect([...effectiveFields(layered(none, none, none))]).toEqual([])
})

test('whatever the story says holds, null included', () => {
  fc.assert(
    fc.property(anyFields, anyFields, anyOverrides, (config, preset, story) => {
      const values = valuesOf(effectiveFields(layered(config, preset, story)))
      for (const [path, value] of story) expect(values.get(path) ?? null).toEqual(value)
    }),
    { numRuns: 1000 }
  )
  expect(valuesOf(effectiveFields(layered(none, new Map([['a', 1]]), new Map([['a', null]])))).has('a')).toBe(false)
})

test('a story that says nothing has what its preset has', () => {
  fc.assert(
    fc.property(anyFields, anyFields, (config, preset) => {
      const [bottom, middle] = layered(config, preset, none)
      const without = effectiveFields([bottom, middle].filter((layer) => layer !== undefined))
      expect([...effectiveFields(layered(config, preset, none))]).toEqual([...without])
    })
  )
})

test('keys and settings of a provider do not follow to another one, nor a server to another model', () => {
  const preset = new Map<string, JsonValue>([
    ['providerId', 'one'],
    ['model', 'm'],
    ['serverId', 's'],
    ['tokenIds', ['k']],
    ['settings.order', 'x'],
    ['custom.x', 1],
    ['samplers.temperature', 0.8],
  ])
  const elsewhere = valuesOf(
    effectiveFields(
      layered(
        none,
        preset,
        new Map([
          ['providerId', 'two'],
          ['model', 'n'],
        ])
      )
    )
  )
  expect(Object.fromEntries(elsewhere)).toEqual({ providerId: 'two', model: 'n', 'samplers.temperature': 0.8 })
  const otherModel = valuesOf(effectiveFields(layered(none, preset, new Map([['model', 'n']]))))
  expect(otherModel.has('serverId')).toBe(false)
  expect(otherModel.get('tokenIds')).toEqual(['k'])
})
