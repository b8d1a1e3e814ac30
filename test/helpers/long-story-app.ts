import { join } from 'node:path'
import { MessageId, RoleId, type StoryId } from '@contract/ids'
import { openDatabase } from '@main/data/database'
import { createStores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { AppProcess } from '@test/helpers/app-process'

const NOW = '2026-01-02T03:04:05.000Z'
const MAIN = RoleId.parse('main')
const SENTENCE = 'The lamp turns, and the water keeps what it was given. '

export interface LongStory {
  passages: number
  /** Characters of each. */
  length: number
  /** Tokens a second at which the Demo goes on with it; 0, at once, unless said. */
  pace?: number
}

/** What the passage at a place says: its number first, so that it can be found. */
export const passageText = (place: number, length: number): string =>
  `Passage number ${place + 1} begins. ${SENTENCE.repeat(Math.ceil(length / SENTENCE.length))}`.slice(0, length)

/** Puts a story that the Demo goes on with into a new data folder. */
export async function makeLongStory(dataDir: string, { passages, length, pace = 0 }: LongStory): Promise<StoryId> {
  const app = await AppProcess.start({ dataDir })
  const demo = (await app.rpc('providers.list', {})).find(({ slug }) => slug === 'demo')
  if (!demo) throw new Error('There is no Demo')
  const settings = { providerId: demo.id, model: 'demo-novelist', settings: { pace } }
  const preset = await app.rpc('presets.create', {
    name: 'Quick',
    roles: { [MAIN]: { enabled: true, modelConfigId: null, settings } },
  })
  const story = await app.rpc('stories.create', { title: 'Long', language: 'en', presetId: preset.id })
  await app.rpc('preferences.set', { guideDone: true })
  await app.stop()

  const db = openDatabase(join(dataDir, 'fabula.sqlite'))
  const stores = createStores(db)
  stores.transaction(() => {
    let parentId: MessageId | null = null
    for (let place = 0; place < passages; place += 1) {
      const id = newId(MessageId)
      stores.messages.insert({
        id,
        storyId: story.id,
        parentId,
        author: place % 2 === 0 ? 'writer' : 'story',
        text: passageText(place, length),
        state: 'complete',
        writtenBy: null,
        edited: false,
        deleted: false,
        createdAt: NOW,
      })
      parentId = id
    }
    stores.stories.setHead(story.id, parentId, NOW)
  })
  db.close()
  return story.id
}
