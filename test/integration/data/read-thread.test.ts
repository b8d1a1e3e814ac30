import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '@main/data/database'
import { migrate } from '@main/data/migrator'
import { createStores } from '@main/data/stores'
import { createReads } from '@main/workers/reads'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore } from '@test/helpers/test-core'
import { addPassage, addPassages, addStory } from '@test/helpers/test-stores'
import { demoSettings, storyWith } from '@test/helpers/test-story'

function opened() {
  const folder = temporaryFolder()
  const database = join(folder.path, 'fabula.sqlite')
  const searchIndex = join(folder.path, 'search.sqlite')
  const db = openDatabase(database)
  migrate(db, () => null)
  const begin = () => createReads({ database, searchIndex })
  onTestFinished(() => {
    db.close()
    folder.remove()
  })
  return { stores: createStores(db), searchIndex, begin }
}

it('answers in a thread, knows at once what was just written, and keeps what it took in', async () => {
  const { stores, begin } = opened()
  const story = addStory(stores, 'Fog')
  addPassages(stores, story, 500)
  const reads = begin()
  const first = await reads.ask('stories.takeIn', { milliseconds: 20_000 })
  expect(first.waiting).toBe(0)
  while (stores.textChanges.removePart(first.doneTo));
  addPassage(stores, story, null, { text: 'A lighthouse keeper.' })
  expect(await reads.ask('stories.search', { text: 'keepers' })).toMatchObject({ places: 1, waiting: 0 })
  await reads.close()

  const again = begin()
  onTestFinished(() => again.close())
  expect(await again.ask('stories.takeIn', { milliseconds: 0 })).toMatchObject({ waiting: 0 })
  await expect(again.ask('stories.search', { text: 'fog' })).resolves.toMatchObject({ found: 1 })
})

it('makes the search anew where its file is damaged, or where it missed what was written', async () => {
  const { stores, begin, searchIndex } = opened()
  const story = addStory(stores, 'Fog')
  const [before] = addPassages(stores, story, 20)
  const first = begin()
  const { doneTo } = await first.ask('stories.takeIn', { milliseconds: 20_000 })
  await first.close()
  expect(before).toBeDefined()
  // Changes that it never saw are gone: an older copy of its file was put back.
  addPassage(stores, story, null, { text: 'A lighthouse.' })
  while (stores.textChanges.removePart(doneTo + 1));
  const second = begin()
  expect(await second.ask('stories.search', { text: 'lighthouse' })).toMatchObject({ places: 1 })
  await second.close()

  writeFileSync(searchIndex, 'no database at all '.repeat(1000))
  const third = begin()
  onTestFinished(() => third.close())
  expect(await third.ask('stories.search', { text: 'lighthouse' })).toMatchObject({ places: 1 })
})

it('can be called off, and a question that fails or is left takes no other with it', async () => {
  const { stores, begin } = opened()
  const story = addStory(stores, 'Fog')
  addPassages(stores, story, 2000)
  const reads = begin()
  onTestFinished(() => reads.close())
  const controller = new AbortController()
  const long = reads.ask('stories.takeIn', { milliseconds: 60_000 }, controller.signal)
  controller.abort(new Error('Enough'))
  await expect(long).rejects.toThrow('Enough')
  await expect(reads.ask('stories.search', { text: 'fog' })).resolves.toMatchObject({ found: 1 })
  const refused = reads.ask('stories.searchPlaces', { text: 'fog', storyId: story, first: Number.NaN, limit: 1 })
  await expect(refused).rejects.toThrow('NaN')

  const left = reads.ask('stories.takeIn', { milliseconds: 60_000 }).catch((error: unknown) => String(error))
  await reads.close()
  expect(await left).toContain('The database is closed')
})

it('of the whole app: finds a story whose folder was written by a version without this search', async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const first = await startTestCore({ dataDir: folder.path })
  const story = await storyWith(first, await demoSettings(first))
  await first.turn({ storyId: story.id, kind: 'send', text: 'Я позвал хозяйку маяка.' })
  await first.close()
  const app = await startTestCore({ dataDir: folder.path, vaultKey: first.vaultKey })
  onTestFinished(() => app.close())
  const { stories } = await app.ask('stories.search', { text: 'хозяйка' })
  expect(stories).toMatchObject([{ storyId: story.id, first: [{ number: 1 }] }])
  expect(stories[0]?.first[0]?.snippet).toContain('\u2068хозяйку\u2069')
})
