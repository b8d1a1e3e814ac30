import { beforeEach, describe, expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { jsonReply, stallReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { fakeProvider } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

const EVER = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }

let stage: TurnStage
beforeEach(async () => {
  stage = await openStage()
})

describe('the time for a whole request', () => {
  it('is for all its retries together', async () => {
    const story = await stage.story({ retries: 5, timeouts: { firstTokenMs: 1000, totalMs: 2000 } })
    stage.fake.alwaysAnswerWith(stallReply(createGate()))
    const { turnId, error } = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(error).toMatchObject({ code: 'provider_timed_out', details: { reason: 'total', seconds: 2 } })
    // One second, half a second of pause, and what is left.
    expect(await stage.app.ask('usage.ofTurn', { turnId })).toHaveLength(2)
  })

  it('is not spent on a pause that it is too short for', async () => {
    const story = await stage.story({ retries: 5, timeouts: { totalMs: 5000 } })
    stage.fake.alwaysAnswerWith(chatReply.error(500, 'Busy', { 'retry-after': '20' }))
    const { turnId, error } = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(error).toMatchObject({ code: 'provider_server_failed' })
    expect(await stage.app.ask('usage.ofTurn', { turnId })).toHaveLength(1)
  })
})

describe('an embedding', () => {
  const texts: [string, string] = ['one', 'two']
  const settings = async () => ({ ...(await fakeProvider(stage.app, stage.fake.url)), model: 'fake-embedding' })
  const vectors = jsonReply({ data: [0, 1].map((index) => ({ index, embedding: [1, index] })), usage: {} })
  const outcomes = async () => (await stage.app.ask('usage.calls', EVER)).calls.map(({ errorCode }) => errorCode)

  it('is asked for again after a failure that may pass, as often as the settings say', async () => {
    const own = await settings()
    stage.fake.answerAt('/embeddings', chatReply.error(500, 'Boom'), vectors)
    await stage.app.ask('embeddings.test', { settings: { ...own, retries: 1 }, texts })
    expect(await outcomes()).toEqual([null, 'provider_server_failed'])
  })

  it('is given up after the time that the settings give it', async () => {
    const own = await settings()
    stage.fake.answerAt('/embeddings', stallReply(createGate()), stallReply(createGate()))
    const refusal = await stage.app.refusal('embeddings.test', {
      settings: { ...own, timeouts: { firstTokenMs: 1000 } },
      texts,
    })
    expect(refusal).toMatchObject({ code: 'provider_timed_out', details: { reason: 'first_token' } })
    expect(
      await stage.app.refusal('embeddings.test', {
        settings: { ...own, retries: 5, timeouts: { firstTokenMs: 3_600_000, totalMs: 1000 } },
        texts,
      })
    ).toMatchObject({ code: 'provider_timed_out', details: { reason: 'total' } })
    expect(await outcomes()).toEqual(['provider_timed_out', 'provider_timed_out'])
  })

  it('goes on with the next key', async () => {
    const keys = ['sk-first-0123456789', 'sk-second-0123456789']
    const own = { ...(await fakeProvider(stage.app, stage.fake.url, { keys })), model: 'fake-embedding' }
    stage.fake.answerAt('/embeddings', chatReply.error(402, 'No credit'), vectors)
    await stage.app.ask('embeddings.test', { settings: own, texts })
    expect(await outcomes()).toEqual([null, 'provider_payment_required'])
    expect((await stage.app.ask('tokens.list', {})).map(({ state }) => state)).toEqual(['exhausted', 'active'])
  })
})
