import { describe, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { startTestCore } from '@test/helpers/test-core'
import { fakeProvider, storyWith } from '@test/helpers/test-story'

/**
 * From the writer's stop in the middle of a passage to the moment when the provider sees its connection closed: until
 * then it goes on writing, and charging. The aim is under 100 ms.
 */
const ROUNDS = { iterations: 30, time: 0, warmupIterations: 3, warmupTime: 0 }

describe('stopping a passage', () => {
  it('closes the connection to the provider', { timeout: 120_000 }, async ({ bench }) => {
    const app = await startTestCore()
    const fake = await startFakeOpenAi()
    const story = await storyWith(app, await fakeProvider(app, fake.url))
    const stop = async () => {
      fake.answerWith(chatReply.stream(['The door ', createGate()]))
      const { turnId } = await app.ask('turns.start', { storyId: story.id, kind: 'retry' })
      await app.event('turn.delta', (payload) => payload.turnId === turnId)
      const request = await fake.nextRequest('/chat/completions')
      const begin = performance.now()
      await app.ask('turns.stop', { storyId: story.id })
      await request.ended
      const overriddenDuration = performance.now() - begin
      await app.event('turn.ended', (payload) => payload.turnId === turnId)
      return { overriddenDuration }
    }
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    await fake.nextRequest('/chat/completions')
    const { latency } = await bench('stop', { async: true }, stop).run(ROUNDS)
    console.log(`stop to closed connection: median ${latency.p50.toFixed(1)} ms, worst ${latency.max.toFixed(1)} ms`)
    await app.close()
    await fake.stop()
  })
})
