import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '@main/data/database'
import { createStores } from '@main/data/stores'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore } from '@test/helpers/test-core'
import { fakeProvider, storyWith } from '@test/helpers/test-story'
import { addPassages } from '@test/helpers/test-stores'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const Chat = z.looseObject({ messages: z.array(z.unknown()) })

/** A story of so many short passages and a model with a window of its own, in a core that has just started. */
async function openLongStory(passages: number, contextLength: number) {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const fake = await startFakeOpenAi()
  onTestFinished(() => fake.stop())
  const first = await startTestCore({ dataDir: folder.path })
  const settings = await fakeProvider(first, fake.url)
  await first.ask('models.create', {
    providerId: settings.providerId,
    model: settings.model,
    kind: 'chat',
    contextLength,
  })
  const story = await storyWith(first, settings)
  await first.close()
  const db = openDatabase(join(folder.path, 'fabula.sqlite'))
  addPassages(createStores(db), story.id, passages)
  db.close()
  const app = await startTestCore({ dataDir: folder.path, vaultKey: first.vaultKey })
  onTestFinished(() => app.close())
  return { app, fake, story }
}

describe('a turn in a story of 2,000 passages', () => {
  it('sends all of them to a model that has room for all', async () => {
    const { app, fake, story } = await openLongStory(2000, 1_000_000)
    expect(await app.ask('stories.context', { id: story.id })).toMatchObject({ window: 1_000_000, leftOut: 0 })
    expect((await app.turn({ storyId: story.id, kind: 'send', text: 'On.' })).outcome).toBe('complete')
    // The instructions, the passages and the line.
    expect(Chat.parse(fake.chats()[0]).messages).toHaveLength(2002)
  })

  it('says how many are left out where there is less room, to the last one', async () => {
    const { app, fake, story } = await openLongStory(2000, 8192)
    const use = await app.ask('stories.context', { id: story.id })
    await app.turn({ storyId: story.id, kind: 'continue' })
    // The instructions, the passages and the request to go on.
    const sent = Chat.parse(fake.chats()[0]).messages.length - 2
    expect(sent).toBeGreaterThan(100)
    expect(use?.leftOut).toBe(2000 - sent)
  })
})
