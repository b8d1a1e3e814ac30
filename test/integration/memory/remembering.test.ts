import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { MemoryState } from '@contract/entities/memory'
import { RoleId, type StoryId } from '@contract/ids'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { jsonReply } from '@test/helpers/fake-server'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, fakeProvider, lastPassage, placed, storyWith } from '@test/helpers/test-story'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const EMBEDDING = RoleId.parse('embedding')

const start = async (dataDir?: string): Promise<TestCore> => {
  const app = await startTestCore(dataDir === undefined ? {} : { dataDir })
  onTestFinished(app.close)
  return app
}

const state = (app: TestCore, storyId: StoryId) => app.ask('memory.state', { storyId })
/** Waits until the state of a story's memory fits. */
const reaches = (app: TestCore, storyId: StoryId, fits: (state: MemoryState) => boolean) =>
  expect.poll(async () => fits(await state(app, storyId)), { timeout: 60_000 }).toBe(true)
const isReady = (passages: number) => (one: MemoryState) =>
  one.state === 'ready' && one.passages === passages && one.vectors === one.chunks && one.chunks > 0

const storyOf = async (app: TestCore) => storyWith(app, await demoSettings(app))

/** A story whose vectors come from a server. */
async function storyWithServer(app: TestCore, url: string) {
  const story = await storyOf(app)
  const settings = await fakeProvider(app, url)
  const value = placed({ ...settings, model: 'fake-embedder' })
  await app.ask('presets.setRole', { id: story.presetId, role: EMBEDDING, value })
  return { story, presetId: story.presetId, value }
}

describe('a story', () => {
  it('is remembered after each turn, and again after an edit', async () => {
    const app = await start()
    const story = await storyOf(app)
    expect(await state(app, story.id)).toMatchObject({
      passages: 0,
      embedder: { own: true, local: true },
      problem: null,
    })
    await app.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    await reaches(app, story.id, isReady(2))

    const last = await lastPassage(app, story)
    const longer = Array.from({ length: 8 }, (_, at) => `Paragraph ${at}: ${'the lamp burned on. '.repeat(30)}`)
    await app.ask('messages.edit', { id: last.id, text: longer.join('\n\n') })
    await reaches(app, story.id, (one) => isReady(2)(one) && one.chunks > 5)
    expect((await app.ask('jobs.list', { kind: 'memory' })).map((job) => job.state)).toEqual(['done'])
  })

  it('is made anew when its index is deleted, or when the writer asks for it', async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const first = await startTestCore({ dataDir: folder.path })
    const story = await storyOf(first)
    await first.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    await reaches(first, story.id, isReady(2))
    await first.close()
    expect(existsSync(join(folder.path, 'memory.sqlite'))).toBe(true)
    rmSync(join(folder.path, 'memory.sqlite'))

    const app = await start(folder.path)
    await reaches(app, story.id, isReady(2))
    await app.ask('memory.rebuild', { storyId: story.id })
    await reaches(app, story.id, isReady(2))
  })

  it('is made anew when its index turns out to be damaged', async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const first = await startTestCore({ dataDir: folder.path })
    const story = await storyOf(first)
    await first.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    await reaches(first, story.id, isReady(2))
    await first.close()
    const file = join(folder.path, 'memory.sqlite')
    const bytes = readFileSync(file)
    // The first pages say which tables there are; those after them are what the tables hold.
    bytes.fill(0xff, 4096 * 2)
    writeFileSync(file, bytes)

    const app = await start(folder.path)
    await app.ask('memory.rebuild', { storyId: story.id })
    await reaches(app, story.id, isReady(2))
    expect(await state(app, story.id)).toMatchObject({ problem: null, nextTryAt: null })
  })

  it('is forgotten with its deletion, and remembered when it is back', async () => {
    const app = await start()
    const story = await storyOf(app)
    await app.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    await reaches(app, story.id, isReady(2))
    await app.ask('stories.delete', { id: story.id })
    expect((await app.refusal('memory.state', { storyId: story.id })).code).toBe('not_found')
    await app.ask('stories.restore', { id: story.id })
    await reaches(app, story.id, isReady(2))
  })
})

describe('the marks of passages', () => {
  it('are kept, shown with where they stand, and taken back', async () => {
    const app = await start()
    const story = await storyOf(app)
    await app.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    const last = await lastPassage(app, story)
    await app.ask('memory.mark', { storyId: story.id, messageId: last.id, mark: 'pin' })
    expect(await app.ask('memory.marks', { storyId: story.id })).toMatchObject([
      { messageId: last.id, mark: 'pin', position: 1, excerpt: last.text.slice(0, 160) },
    ])
    await app.ask('memory.mark', { storyId: story.id, messageId: last.id, mark: 'ban' })
    expect((await app.ask('memory.marks', { storyId: story.id })).map(({ mark }) => mark)).toEqual(['ban'])
    await app.ask('memory.mark', { storyId: story.id, messageId: last.id, mark: null })
    expect(await app.ask('memory.marks', { storyId: story.id })).toEqual([])
    expect((await state(app, story.id)).scope).toBe('story')
    await app.ask('memory.setScope', { storyId: story.id, scope: 'world' })
    expect((await state(app, story.id)).scope).toBe('world')
  })
})

describe('the model that makes vectors', () => {
  it('is the one of the preset, and is paid for in the ledger', async () => {
    const fake = await startFakeOpenAi()
    onTestFinished(fake.stop)
    const app = await start()
    const { story } = await storyWithServer(app, fake.url)
    await app.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    await reaches(app, story.id, isReady(2))
    expect((await state(app, story.id)).embedder).toMatchObject({
      provider: 'Fake',
      model: 'fake-embedder',
      own: false,
    })
    const period = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }
    const { calls } = await app.ask('usage.calls', period)
    const embeddings = calls.filter(({ purpose }) => purpose.kind === 'embedding')
    expect(embeddings.length).toBeGreaterThan(0)
    expect(embeddings[0]?.purpose).toMatchObject({ storyId: story.id })
  })

  it('leaves words to be found when it cannot be reached, and is asked again when its server is back', async () => {
    const fake = await startFakeOpenAi()
    onTestFinished(fake.stop)
    const app = await start()
    const { story } = await storyWithServer(app, fake.url)
    await fake.goDown()
    await app.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    await reaches(app, story.id, (one) => one.state === 'failed')
    const failed = await state(app, story.id)
    expect(failed).toMatchObject({ passages: 2, vectors: 0, problem: { code: 'provider_unreachable' } })
    expect(failed.nextTryAt).not.toBeNull()
    await fake.comeBack()
    await app.ask('memory.rebuild', { storyId: story.id })
    await reaches(app, story.id, isReady(2))
  })

  it('that answers with too few vectors is not believed', async () => {
    const fake = await startFakeOpenAi()
    onTestFinished(fake.stop)
    fake.answerAt('/embeddings', jsonReply({ data: [], model: 'fake-embedder' }))
    const app = await start()
    const { story } = await storyWithServer(app, fake.url)
    await app.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    await reaches(app, story.id, (one) => one.state === 'failed')
    expect((await state(app, story.id)).problem?.code).toBe('provider_bad_answer')
  })

  it('can be changed: all vectors are made anew, and none of the other one counts', async () => {
    const fake = await startFakeOpenAi()
    onTestFinished(fake.stop)
    const app = await start()
    const { story, presetId, value } = await storyWithServer(app, fake.url)
    await app.turn({ storyId: story.id, kind: 'send', text: 'The keeper climbs the tower.' })
    await reaches(app, story.id, isReady(2))
    await app.ask('presets.setRole', { id: presetId, role: EMBEDDING, value: { ...value, enabled: false } })
    expect(await state(app, story.id)).toMatchObject({ embedder: { own: true }, vectors: 0 })
    await reaches(app, story.id, isReady(2))
  })
})
