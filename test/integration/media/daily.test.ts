import { expect, it } from 'vitest'
import { StageId } from '@contract/ids'
import { createStageLists } from '@main/features/media/stage-lists'
import { createStageSchedule } from '@main/features/media/stage-schedule'
import { createStages } from '@main/features/media/stages'
import { createTokenList } from '@main/features/providers/token-list'
import { createStageRegistry } from '@main/settings/stage-registry'
import { chatReply } from '@test/helpers/chat-reply'
import { openRouterList } from '@test/helpers/openrouter-list'
import { openCatalogue, type CatalogueStage } from '@test/integration/catalogue/catalogue-stage'

const HOUR = 3_600_000
const POEM = StageId.parse('poem')
const VOICE = StageId.parse('voice')

const stagesOf = ({ shared, connections }: CatalogueStage, logger = shared.logger) => {
  const registry = createStageRegistry()
  return createStages({
    ...shared,
    logger,
    connections,
    stages: registry,
    tokens: createTokenList({ ...shared, stages: registry }),
    lists: createStageLists({ ...shared, connections }),
  })
}
const HOME = { name: 'Home', secret: 'sk-daily-0123456789ab' }

/** Two stages, one with a key and one with the Demo, on a clock that the test sets; and what is logged of them. */
async function openStages() {
  const stage = await openCatalogue({ models: openRouterList(3) })
  const { shared, clock, fake, provider, now } = stage
  const log: unknown[] = []
  const logger = {
    ...shared.logger,
    warn: (message: string, facts?: Record<string, unknown>) => log.push([message, facts]),
  }
  const stages = stagesOf(stage, logger)
  const schedule = createStageSchedule({ ...shared, stages })
  const demo = shared.directory.called('demo')
  if (!demo) throw new Error('The Demo is missing')
  await stages.save({ id: VOICE, providerId: demo.id, key: null, model: null, settings: {} })
  await stages.save({
    id: POEM,
    providerId: provider.id,
    key: HOME,
    model: null,
    settings: {},
  })
  return {
    fake,
    log,
    now,
    poem: () => stages.view(POEM),
    voice: () => stages.view(VOICE),
    /** How often the list is asked for when the clock is looked at, this long after the look before. */
    asked: async (laterMs: number): Promise<number> => {
      clock.time += laterMs
      const before = fake.requestsTo('/v1/models').length
      await schedule.look()
      return fake.requestsTo('/v1/models').length - before
    },
  }
}

it('is refreshed once a day over three days, through sleep, a provider that is down and a key that was revoked', async () => {
  const { fake, log, now, poem, voice, asked } = await openStages()
  const first = poem()
  expect(first).toMatchObject({ status: 'active', listedAt: now() })

  // The first day, with a look every ten minutes and one after a night of sleep.
  expect([await asked(HOUR / 6), await asked(12 * HOUR), await asked(HOUR)]).toEqual([0, 0, 0])
  expect([await asked(11 * HOUR), await asked(HOUR / 6)]).toEqual([1, 0])
  expect(poem().listedAt).not.toBe(first.listedAt)
  expect(voice()).toMatchObject({ status: 'active', listedAt: poem().listedAt })

  // The second: the provider is down. It is tried again after an hour, and not with every look.
  const before = poem()
  await fake.goDown()
  expect([await asked(24 * HOUR), await asked(HOUR / 2)]).toEqual([0, 0])
  expect(poem()).toMatchObject({
    status: 'invalid',
    problem: { code: 'provider_unreachable' },
    models: before.models,
    listedAt: before.listedAt,
  })
  expect(log).toEqual([
    ['The list of a stage stays as it was', { stage: POEM, provider: 'OpenRouter', code: 'provider_unreachable' }],
  ])
  await fake.comeBack()
  expect(await asked(HOUR / 2)).toBe(1)
  expect(poem()).toMatchObject({ status: 'active', problem: null, listedAt: now() })

  // Two days of sleep are one refresh; by then the key is revoked.
  const kept = poem()
  fake.answerAt('/key', chatReply.error(401, { message: 'Revoked', code: 'invalid_api_key' }))
  await asked(50 * HOUR)
  expect(poem()).toMatchObject({ status: 'invalid', problem: { code: 'provider_unauthorized' }, models: kept.models })
  expect(log).toHaveLength(2)

  // The clock is set back by a month: nobody waits for a day that lies far ahead.
  await asked(2 * HOUR)
  expect(poem().status).toBe('active')
  expect([await asked(-31 * 24 * HOUR), await asked(HOUR)]).toEqual([1, 0])
})

it('asks nobody about a key that could not be kept, because the vault is locked', async () => {
  const stage = await openCatalogue({ vaultIsLocked: true })
  const save = stagesOf(stage).save({ id: POEM, providerId: stage.provider.id, key: HOME, model: null, settings: {} })
  await expect(save).rejects.toMatchObject({ code: 'vault_locked' })
  expect(stage.fake.requests).toEqual([])
})
