import { expect, it } from 'vitest'
import { effectiveFields, valuesOf } from '@contract/settings/effective-settings'

const below = new Map([
  ['providerId', 'one'],
  ['model', 'm'],
])

it('never asks one provider for the model of another', () => {
  const chosen = effectiveFields([
    { origin: 'modelConfig', fields: below },
    { origin: 'preset', fields: new Map([['providerId', 'two']]) },
  ])
  expect(Object.fromEntries(valuesOf(chosen))).toEqual({ providerId: 'two' })
})

it('keeps the model when a layer names the same provider again', () => {
  const chosen = effectiveFields([
    { origin: 'modelConfig', fields: below },
    { origin: 'preset', fields: new Map([['providerId', 'one']]) },
  ])
  expect(Object.fromEntries(valuesOf(chosen))).toEqual({ providerId: 'one', model: 'm' })
})
