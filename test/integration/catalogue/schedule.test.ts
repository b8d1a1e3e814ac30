import { beforeEach, describe, expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { openRouterList } from '@test/helpers/openrouter-list'
import { openCatalogue, type CatalogueStage } from './catalogue-stage'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let stage: CatalogueStage
beforeEach(async () => {
  stage = await openCatalogue({ models: openRouterList(3) })
})

/** How often the provider is asked when the clock is looked at, this long after the look before. */
async function asked(laterMs: number): Promise<number> {
  stage.clock.time += laterMs
  const before = stage.fake.requestsTo('/v1/models').length
  await stage.schedule.look()
  return stage.fake.requestsTo('/v1/models').length - before
}

describe('the schedule of model lists', () => {
  it('asks nobody for whom there is no key', async () => {
    expect(await asked(0)).toBe(0)
    stage.addKey()
    expect(await asked(0)).toBe(1)
  })

  it('asks once a day', async () => {
    stage.addKey()
    expect([await asked(0), await asked(HOUR), await asked(22 * HOUR), await asked(HOUR)]).toEqual([1, 0, 0, 1])
  })

  it('asks once, and not for every day that was slept through', async () => {
    stage.addKey()
    await asked(0)
    expect([await asked(10 * DAY), await asked(0), await asked(HOUR)]).toEqual([1, 0, 0])
  })

  it('does not wait for a day that lies far ahead after the clock was set back', async () => {
    stage.addKey()
    stage.clock.time += 400 * DAY
    await asked(0)
    expect([await asked(-400 * DAY), await asked(HOUR), await asked(23 * HOUR)]).toEqual([1, 0, 1])
  })

  it('asks again an hour after it failed, and keeps the reason until then', async () => {
    stage.addKey()
    stage.fake.answerAt('/v1/models', chatReply.error(503, 'Busy'))
    expect([await asked(0), await asked(HOUR / 2)]).toEqual([1, 0])
    expect(stage.state()).toMatchObject({ lastSync: null, problem: { code: 'provider_overloaded' } })
    expect([await asked(HOUR / 2), await asked(HOUR)]).toEqual([1, 0])
    expect(stage.state()).toMatchObject({ problem: null })
  })

  it('asks nobody with a closed vault, and says nothing against them', async () => {
    stage = await openCatalogue({ vaultIsLocked: true })
    stage.addKey()
    expect(await asked(0)).toBe(0)
    expect(stage.state()).toMatchObject({ lastSync: null, problem: null })
  })

  it('asks at once, whatever the age, for a provider that has a new key', async () => {
    stage.addKey()
    await asked(0)
    stage.schedule.soon(stage.provider.id)
    await stage.fake.nextRequest('/v1/models')
    expect(await stage.fake.nextRequest('/v1/models')).toMatchObject({ method: 'GET' })
  })
})
