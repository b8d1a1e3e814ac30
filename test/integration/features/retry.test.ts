import { expect, it, onTestFinished } from 'vitest'
import { providerDefinitions } from '@main/providers/definitions'
import { fieldsOf } from '@contract/schema/setting-fields'
import { startTestCore } from '@test/helpers/test-core'
import { demoSettings, lastPassage, storyWith } from '@test/helpers/test-story'
import { openStage } from '@test/helpers/turn-stage'

const start = async () => {
  const app = await startTestCore()
  onTestFinished(() => app.close())
  return app
}

it('writes other words on each retry with the Demo, also after one of them was deleted', async () => {
  const app = await start()
  const story = await storyWith(app, await demoSettings(app), await demoSettings(app))
  await app.turn({ storyId: story.id, kind: 'send', text: 'I open the door.' })
  const texts = [(await lastPassage(app, story)).text]
  for (let times = 0; times < 3; times += 1) {
    await app.turn({ storyId: story.id, kind: 'retry' })
    const { id, text } = await lastPassage(app, story)
    texts.push(text)
    if (times === 1) await app.ask('messages.delete', { id })
  }
  expect(new Set(texts).size).toBe(4)
})

it('writes the same words with the Demo when the writer fixed the seed', async () => {
  const app = await start()
  const story = await storyWith(app, await demoSettings(app, { samplers: { seed: 7 } }))
  await app.turn({ storyId: story.id, kind: 'send', text: 'I open the door.' })
  const first = await lastPassage(app, story)
  await app.turn({ storyId: story.id, kind: 'retry' })
  const second = await lastPassage(app, story)
  expect(second.id).not.toBe(first.id)
  expect(second.text).toBe(first.text)
})

it('sends no seed that nobody set to a model that writes anew by itself', async () => {
  const { app, fake, story: addStory } = await openStage()
  const story = await addStory()
  await app.turn({ storyId: story.id, kind: 'send', text: 'I open the door.' })
  await app.turn({ storyId: story.id, kind: 'retry' })
  expect(fake.chats()).toHaveLength(2)
  for (const body of fake.chats()) expect(body).not.toHaveProperty('seed')
})

it('has a seed among the samplers of every provider that always writes the same', () => {
  const deterministic = providerDefinitions.filter((one) => one.deterministic && one.kinds.includes('chat'))
  expect(deterministic.map(({ slug }) => slug)).toEqual(['demo'])
  for (const { samplerSchema } of deterministic) expect(fieldsOf(samplerSchema).map(({ key }) => key)).toContain('seed')
})
