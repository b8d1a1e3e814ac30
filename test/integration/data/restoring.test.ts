import Database from 'better-sqlite3'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { databaseIn } from '@main/data/data-folder'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore, type TestCoreOptions } from '@test/helpers/test-core'
import { demoSettings, fakeProvider, lastPassage, passagesOf, storyWith } from '@test/helpers/test-story'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const start = async (options: TestCoreOptions) => {
  const app = await startTestCore(options)
  onTestFinished(() => app.close())
  return app
}
const newFolder = () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  return folder.path
}
const listOf = async (app: TestCore) => (await app.ask('backups.list', {})).backups
const reasonsOf = async (app: TestCore) => (await listOf(app)).map(({ reason }) => reason)
/** A closed app with a backup of a story of two passages, to which two were added later. */
const withBackup = async () => {
  const dataDir = newFolder()
  const app = await startTestCore({ dataDir })
  const story = await storyWith(app, await demoSettings(app))
  await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
  const { id } = await app.ask('backups.make', {})
  await app.turn({ storyId: story.id, kind: 'send', text: 'On.' })
  await app.close()
  return { dataDir, vaultKey: app.vaultKey, story, id }
}

describe('restoring a backup', () => {
  it('goes on in the same session with what was there then, keys and search and all, and keeps what was there', async () => {
    const fake = await startFakeOpenAi()
    onTestFinished(() => fake.stop())
    const app = await start({ dataDir: newFolder() })
    const story = await storyWith(app, await fakeProvider(app, fake.url, { keys: ['sk-kept-0123456789abcdef'] }))
    fake.answerWith(chatReply.stream(['The lamp is lit.']))
    await app.turn({ storyId: story.id, kind: 'send', text: 'Light it.' })
    const made = await app.ask('backups.make', {})
    expect(made).toMatchObject({ reason: 'hand', state: 'ready' })
    fake.answerWith(chatReply.stream(['The harbour sleeps.']))
    await app.turn({ storyId: story.id, kind: 'send', text: 'Look down.' })
    expect(await app.ask('stories.search', { text: 'harbour' })).toMatchObject({ places: 1 })

    // Whoever asks meanwhile is answered: by what was there, or by what comes.
    const answer: { known: unknown } = { known: undefined }
    const restoring = app.ask('backups.restore', { id: made.id }).then((problem) => (answer.known = problem))
    while (answer.known === undefined) {
      expect([2, 4]).toContain((await passagesOf(app, story)).length)
      await setImmediate()
    }
    expect(await restoring).toBeNull()
    await app.event('storage.restored')
    expect(await passagesOf(app, story)).toHaveLength(2)
    expect(await lastPassage(app, story)).toMatchObject({ text: 'The lamp is lit.' })
    expect(await app.ask('stories.search', { text: 'harbour' })).toMatchObject({ places: 0 })
    expect(await app.ask('stories.search', { text: 'lamp' })).toMatchObject({ places: 1 })
    expect(await reasonsOf(app)).toEqual(['restore', 'hand'])
    // The key that was sealed before opens in what was restored.
    fake.answerWith(chatReply.stream(['Night falls.']))
    expect(await app.turn({ storyId: story.id, kind: 'send', text: 'Wait.' })).toMatchObject({ outcome: 'complete' })

    const [before] = await listOf(app)
    expect(await app.ask('backups.restore', { id: before?.id ?? '' })).toBeNull()
    expect(await lastPassage(app, story)).toMatchObject({ text: 'The harbour sleeps.' })
  })

  it('stops and keeps what is being written', async () => {
    const { dataDir, vaultKey, story, id } = await withBackup()
    const app = await start({ dataDir, vaultKey })
    await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'And on.' })
    expect(await app.ask('backups.restore', { id })).toBeNull()
    expect(await passagesOf(app, story)).toHaveLength(2)
    const [before] = await listOf(app)
    await app.ask('backups.restore', { id: before?.id ?? '' })
    expect((await passagesOf(app, story)).length).toBeGreaterThan(4)
  })

  it('that is damaged is refused and marked, and the app goes on as it is', async () => {
    const { dataDir, vaultKey, story, id } = await withBackup()
    const file = join(dataDir, 'backups', id)
    const bytes = readFileSync(file)
    bytes.fill(0xaa, 40_960, 81_920)
    writeFileSync(file, bytes)
    const app = await start({ dataDir, vaultKey })
    expect(await app.refusal('backups.restore', { id })).toMatchObject({
      code: 'backup_damaged',
      details: { name: id },
    })
    expect(await listOf(app)).toMatchObject([{ id, state: 'damaged' }])
    expect(await passagesOf(app, story)).toHaveLength(4)
    await app.ask('backups.delete', { id })
    expect(await listOf(app)).toEqual([])
    expect(await app.refusal('backups.delete', { id })).toMatchObject({ code: 'not_found' })
    expect(await app.refusal('backups.restore', { id: '../fabula.sqlite' })).toMatchObject({ code: 'bad_input' })
  })
})

describe('an app that cannot use its database', () => {
  it.each([
    ['damaged', 'database_damaged', (file: string) => writeFileSync(file, 'These are my notes. '.repeat(999))],
    [
      'newer',
      'database_newer',
      (file: string) => {
        const db = new Database(file)
        db.pragma('user_version = 999')
        db.close()
      },
    ],
  ])('because it is %s restores the newest backup, and keeps the file', async (_what, code, change) => {
    const { dataDir, vaultKey, story, id } = await withBackup()
    change(databaseIn(dataDir))
    const bytes = readFileSync(databaseIn(dataDir))
    const app = await start({ dataDir, vaultKey })
    expect((await app.ask('app.status', {})).storageProblem).toMatchObject({ code })
    expect(await app.refusal('backups.make', {})).toMatchObject({ code })
    expect(await listOf(app)).toMatchObject([{ id, state: 'ready' }])
    expect(await app.ask('backups.restore', { id })).toBeNull()
    expect((await app.ask('app.status', {})).storageProblem).toBeNull()
    expect(await passagesOf(app, story)).toHaveLength(2)
    expect(await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).toMatchObject({ outcome: 'complete' })
    const [kept] = await listOf(app)
    expect(kept).toMatchObject({ reason: 'kept', state: code === 'database_newer' ? 'newer' : 'damaged' })
    expect(readFileSync(join(dataDir, 'backups', kept?.id ?? '')).equals(bytes)).toBe(true)
  })

  it('because another Fabula has it leaves that one alone', async () => {
    const { dataDir, vaultKey, id } = await withBackup()
    const first = await start({ dataDir, vaultKey })
    const second = await start({ dataDir, vaultKey })
    expect(await second.refusal('backups.restore', { id })).toMatchObject({ code: 'data_folder_in_use' })
    expect(await reasonsOf(first)).toEqual(['hand'])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('restoring'))).toEqual([])
  })

  it('because it is damaged in its middle says so, makes no more copies by itself, and keeps it on a restore', async () => {
    const { dataDir, vaultKey, story, id } = await withBackup()
    const bytes = readFileSync(databaseIn(dataDir))
    bytes.fill(0xaa, bytes.length - 3 * 4096)
    writeFileSync(databaseIn(dataDir), bytes)
    writeFileSync(`${databaseIn(dataDir)}.made`, '2020-01-01T00:00:00.000Z\n')
    const app = await start({ dataDir, vaultKey })
    expect((await app.ask('app.status', {})).storageDamage).toMatchObject({ code: 'database_damaged' })
    expect(await reasonsOf(app)).toEqual(['hand'])
    expect(await app.ask('backups.restore', { id })).toBeNull()
    expect(await passagesOf(app, story)).toHaveLength(2)
    expect((await app.ask('app.status', {})).storageDamage).toBeNull()
    expect(await reasonsOf(app)).toEqual(['kept', 'hand'])
    expect(existsSync(join(dataDir, 'backups', id))).toBe(true)
  })
})

it('a database of some age is copied at the start, once a day', async () => {
  const dataDir = newFolder()
  const first = await startTestCore({ dataDir })
  expect(await reasonsOf(first)).toEqual([])
  await first.close()
  writeFileSync(`${databaseIn(dataDir)}.made`, '2020-01-01T00:00:00.000Z\n')
  const second = await startTestCore({ dataDir })
  expect(await reasonsOf(second)).toEqual(['daily'])
  await second.close()
  const third = await start({ dataDir })
  expect(await reasonsOf(third)).toEqual(['daily'])
})
