import { describe, expect, it } from 'vitest'
import type { ModelConfig } from '@contract/entities/model-config'
import { ModelConfigId } from '@contract/ids'
import { chooseModel, settingsBelow, withSettings } from '@renderer/domain/role-form/model-settings'
import { moved } from '@renderer/components/reorder'
import { mild, onSonnet, router, tokenId } from './fixtures'

const own = {
  ...onSonnet,
  tokenIds: [tokenId(1)],
  samplers: { temperature: 1.4, seed: 7 },
  settings: { allow_fallbacks: true },
  custom: { mode: 'x' },
}

describe('choosing another model', () => {
  it('keeps everything with another model of the same provider', () => {
    const { settings, left } = chooseModel(own, { providerId: router.id, model: 'opus' }, 'chat', router.id, router)
    expect(settings).toEqual({ ...own, model: 'opus' })
    expect(left).toEqual({ fields: [], keys: 0, custom: 0 })
  })

  it('takes out what another provider would refuse or must not get, and says what', () => {
    const { settings, left } = chooseModel(own, { providerId: mild.id, model: 'gentle' }, 'chat', router.id, mild)
    // The seed is unknown there and so not sent; it is back when the writer goes back.
    expect(settings).toEqual({
      providerId: mild.id,
      model: 'gentle',
      samplers: { seed: 7 },
      settings: { allow_fallbacks: true },
    })
    expect(left.fields.map(({ name }) => name)).toEqual(['temperature'])
    expect(left).toMatchObject({ keys: 1, custom: 1 })
  })

  it('leaves no empty group behind', () => {
    expect(withSettings({ samplers: { seed: 1 } }, { samplers: {} })).toEqual({})
  })

  it("does not show a config's keys under another provider", () => {
    const config: ModelConfig = {
      id: ModelConfigId.parse('01990000-0004-7000-8000-000000000001'),
      name: 'Base',
      kind: 'chat',
      settings: own,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    }
    const below = settingsBelow(config, { providerId: mild.id, model: 'gentle' })
    expect(below.tokenIds).toBeUndefined()
    expect(below.custom).toBeUndefined()
    expect(below.samplers).toEqual(own.samplers)
  })
})

describe('the order of keys', () => {
  it('moves one and keeps the others in order, also beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, -5)).toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b'], 7, 0)).toEqual(['a', 'b'])
  })
})
