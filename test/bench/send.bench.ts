import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { openLongStory } from '@test/helpers/long-story'

/**
 * From the writer's line to the moment when the provider has the whole request, in stories of 100 to 10,000 passages of
 * 4 KB and a model with a window of 128,000 tokens. The aim is under 50 ms, however long the story is.
 */
const ROUNDS = { iterations: 10, time: 0, warmupIterations: 3, warmupTime: 0 }
const PASSAGE = 'The old lighthouse keeper climbed the stairs and listened. '.repeat(70)

describe.each([100, 1000, 10_000])('sending a line in a story of %i passages', (passages) => {
  it('brings the whole request to the provider', { timeout: 300_000 }, async ({ bench }) => {
    const { app, fake, story, close } = await openLongStory({
      passages,
      text: (place) => `${place} ${PASSAGE}`,
      contextLength: 128_000,
    })
    const log = join(app.dataDir, 'fabula.sqlite-wal')
    const written: number[] = []
    const send = async () => {
      const arrived = fake.nextRequest('/chat/completions')
      const size = statSync(log).size
      const begin = performance.now()
      const { turnId } = await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'I go on.' })
      await arrived
      const overriddenDuration = performance.now() - begin
      await app.event('turn.ended', (payload) => payload.turnId === turnId)
      written.push(statSync(log).size - size)
      return { overriddenDuration }
    }
    const { latency } = await bench(`${passages} passages`, { async: true }, send).run(ROUNDS)
    const kilobytes = Math.round((written.toSorted((a, b) => a - b)[Math.floor(written.length / 2)] ?? 0) / 1024)
    console.log(
      `send → request, ${passages} passages: median ${latency.p50.toFixed(1)} ms, worst ${latency.max.toFixed(1)} ms, ` +
        `${kilobytes} KB written`
    )
    await close()
  })
})
