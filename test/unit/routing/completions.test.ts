import { expect, it, onTestFinished } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import { failing, success, type Outcome } from './outcomes'
import { createWorld, type Sent } from './scripted-world'

/** A world whose provider makes of the requests, one after the other, what is listed, and then answers well. */
async function worldWith(outcomes: readonly Outcome[], settings: ModelSettings = {}) {
  const sent: Sent[] = []
  const world = await createWorld(
    { keys: 2, strategy: 'failover', retries: 0, limits: { total: null, perToken: null }, settings },
    (one) => outcomes[sent.push(one) - 1] ?? success,
    () => {}
  )
  onTestFinished(() => world.close())
  return { world, sent }
}

it('a text is gone on with by the next key, and then by the next model, and all of it is in the books', async () => {
  const { world, sent } = await worldWith([failing('dead'), failing('dead')], { samplers: { max_tokens: 5 } })
  expect(await world.complete(1)).toMatchObject({ text: '\nHello', error: null })
  expect(sent.map(({ key }) => key)).toEqual([0, 1, null])
  expect(sent[0]?.body).toMatchObject({ prompt: '1', max_tokens: 5, stream: true })
  expect(sent[0]?.body.messages).toEqual([])
  expect(world.ledgerOf(1).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'complete'])
  expect(world.ledgerOf(1).at(-1)).toMatchObject({ inputTokens: 3, outputTokens: 2, attempt: 3 })
})

it('nothing is begun anew once a reader has seen some of it', async () => {
  const { world, sent } = await worldWith([failing('late')])
  expect(await world.complete(1)).toMatchObject({ text: 'Hel', error: { code: 'provider_rate_limited' } })
  expect(sent).toHaveLength(1)
})
