import { join } from 'node:path'
import type { Story } from '@contract/entities/story'
import { openDatabase } from '@main/data/database'
import { createStores } from '@main/data/stores'
import type { MessageId } from '@contract/ids'
import { startFakeOpenAi, type FakeOpenAi } from './fake-openai'
import { startTestCore, type TestCore } from './test-core'
import { temporaryFolder } from './temporary-folder'
import { addPassage } from './test-stores'
import { fakeProvider, storyWith } from './test-story'

export interface LongStory {
  app: TestCore
  fake: FakeOpenAi
  story: Story
  close(): Promise<void>
}

/** A core that has just started on a folder with one long story, whose model has a window of its own. */
export async function openLongStory(options: {
  passages: number
  /** What the passage at a place says. */
  text: (place: number) => string
  /** Tokens that the model takes. */
  contextLength: number
}): Promise<LongStory> {
  const { passages, text, contextLength } = options
  const folder = temporaryFolder()
  const fake = await startFakeOpenAi()
  const first = await startTestCore({ dataDir: folder.path })
  const settings = await fakeProvider(first, fake.url)
  const { providerId, model } = settings
  await first.ask('models.create', { providerId, model, kind: 'chat', contextLength })
  const story = await storyWith(first, settings)
  await first.close()
  const db = openDatabase(join(folder.path, 'fabula.sqlite'))
  const stores = createStores(db)
  stores.transaction(() => {
    let last: MessageId | null = null
    for (let place = 0; place < passages; place += 1) {
      const author = place % 2 === 0 ? 'writer' : 'story'
      last = addPassage(stores, story.id, last, { author, text: text(place) }).id
    }
  })
  db.close()
  const app = await startTestCore({ dataDir: folder.path, vaultKey: first.vaultKey })
  return {
    app,
    fake,
    story,
    close: async () => {
      await app.close()
      await fake.stop()
      folder.remove()
    },
  }
}
