import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProviderId, ServerId, TokenId } from '@contract/ids'
import type { ModelSettings } from '@contract/entities/model-config'
import { effectiveFields, valuesOf } from '@contract/settings/effective-settings'
import { fieldsOfSettings, settingsOfFields } from '@contract/settings/field-map'
import { laidOver, settingsBelow, withSettings } from '@renderer/domain/role-form/model-settings'

const uuid = (kind: number, n: number) => `01990000-000${kind}-7000-8000-00000000000${n}`
const few = fc.integer({ min: 1, max: 2 })
const values = fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(fc.integer(), fc.string(), fc.boolean()), {
  minKeys: 1,
})

/** Settings of which each field may be missing, with so few values that layers often agree. */
const anySettings: fc.Arbitrary<ModelSettings> = fc.record(
  {
    providerId: few.map((n) => ProviderId.parse(uuid(1, n))),
    model: few.map((n) => `model-${n}`),
    serverId: few.map((n) => ServerId.parse(uuid(2, n))),
    tokenIds: fc.array(
      few.map((n) => TokenId.parse(uuid(3, n))),
      { maxLength: 2 }
    ),
    tokenStrategy: fc.constantFrom('failover' as const, 'random' as const),
    samplers: values,
    custom: values,
    settings: values,
    timeouts: fc.record({ totalMs: fc.constantFrom(1000, 2000) }),
    retries: few,
  },
  { requiredKeys: [] }
)

test('the preset editor shows under a role what main would use', () => {
  fc.assert(
    fc.property(anySettings, anySettings, (config, own) => {
      const used = settingsOfFields(
        valuesOf(
          effectiveFields([
            { origin: 'modelConfig', fields: fieldsOfSettings(config) },
            { origin: 'preset', fields: fieldsOfSettings(own) },
          ])
        )
      )
      expect(laidOver(config, own)).toEqual(withSettings(used, {}))
      // What the editor shows as lying below is what comes through, but for what the role says itself.
      expect(laidOver(settingsBelow({ settings: config }, own), own)).toEqual(withSettings(used, {}))
    })
  )
})
