import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { mountSmallDisk, smallDiskMissing } from '@test/helpers/small-disk'
import { startTestCore, type TestCoreOptions } from '@test/helpers/test-core'
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

/** What stands on the disk at this moment, as after a power cut. */
const cutPower = (from: string, to: string) => {
  mkdirSync(to, { recursive: true })
  for (const name of ['fabula.sqlite', 'fabula.sqlite-wal'])
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name))
}

/** A core in the middle of a passage of which the first words are on the disk. */
const inTheMiddle = async (cuts: string) => {
  const fake = await startFakeOpenAi()
  onTestFinished(() => fake.stop())
  const dataDir = newFolder()
  const app = await start({ dataDir })
  const gate = createGate()
  onTestFinished(() => gate.open())
  fake.answerWith(chatReply.stream(['The door opens', gate]))
  const story = await storyWith(app, await fakeProvider(app, fake.url))
  await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
  let count = 0
  const look = async () => {
    const cut = join(cuts, `cut-${(count += 1)}`)
    cutPower(dataDir, cut)
    const probe = await startTestCore({ dataDir: cut, backgroundWork: false })
    return (await lastPassage(probe, story).finally(() => probe.close())).text
  }
  await expect.poll(look, { interval: 100 }).toBe('The door opens')
  const folder = join(cuts, 'cut')
  cutPower(dataDir, folder)
  return { folder, story }
}

describe('the app', () => {
  it('loses no saved word in a power cut, and says nothing alarming at the next start', async () => {
    const { folder, story } = await inTheMiddle(newFolder())
    const app = await start({ dataDir: folder })
    expect((await app.ask('app.status', {})).storageProblem).toBeNull()
    expect(await lastPassage(app, story)).toMatchObject({ state: 'stopped', text: 'The door opens' })
    expect(await app.ask('stories.search', { text: 'door' })).toMatchObject({ places: 1 })
    expect(await app.ask('turns.active', { storyId: story.id })).toBeNull()
  })

  it('that is started twice says so, shows the stories, and gives the same reason for all it cannot save', async () => {
    const dataDir = newFolder()
    const first = await start({ dataDir })
    const story = await storyWith(first, await demoSettings(first))
    await first.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const second = await start({ dataDir, vaultKey: first.vaultKey })
    expect((await second.ask('app.status', {})).storageProblem).toMatchObject({ code: 'data_folder_in_use' })
    expect(await passagesOf(second, story)).toHaveLength(2)
    for (const [route, input] of [
      ['turns.start', { storyId: story.id, kind: 'send', text: 'On.' }],
      ['stories.rename', { id: story.id, title: 'x' }],
      ['presets.create', { name: 'x' }],
    ] as const)
      expect(`${route} ${(await second.refusal(route, input)).code}`).toBe(`${route} data_folder_in_use`)
  })
})

describe('trying again to open the data folder', () => {
  it('makes a session that another Fabula held up writable once that one has closed', async () => {
    const dataDir = newFolder()
    const first = await start({ dataDir })
    const story = await storyWith(first, await demoSettings(first))
    const second = await start({ dataDir, vaultKey: first.vaultKey })
    expect(await second.ask('storage.reopen', {})).toMatchObject({ code: 'data_folder_in_use' })
    await first.close()
    expect(await Promise.all([second.ask('storage.reopen', {}), second.ask('storage.reopen', {})])).toEqual([
      null,
      null,
    ])
    await second.event('storage.reopened')
    expect((await second.ask('app.status', {})).storageProblem).toBeNull()
    await second.ask('stories.rename', { id: story.id, title: 'Written again' })
    await second.event('data.changed', ({ topics }) => topics.includes('stories'))
    expect(await second.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).toMatchObject({ outcome: 'complete' })
    expect(await second.ask('storage.reopen', {})).toBeNull()
  })

  it('puts an empty database where one was only when the user says so', async () => {
    const dataDir = newFolder()
    const first = await start({ dataDir })
    await storyWith(first, await demoSettings(first))
    await first.close()
    rmSync(join(dataDir, 'fabula.sqlite'))
    const app = await start({ dataDir, vaultKey: first.vaultKey })
    expect(await app.ask('storage.reopen', {})).toMatchObject({ code: 'database_missing' })
    expect(await app.refusal('presets.create', { name: 'x' })).toMatchObject({ code: 'database_missing' })
    expect(await app.ask('storage.reopen', { empty: true })).toBeNull()
    expect(await app.ask('stories.list', {})).toEqual([])
    expect((await app.ask('providers.list', {})).length).toBeGreaterThan(0)
  })
})

describe('a database with a damaged page', () => {
  it('is found by the check after the start, and said', async () => {
    const dataDir = newFolder()
    const first = await start({ dataDir })
    const story = await storyWith(first, await demoSettings(first))
    for (let turn = 0; turn < 3; turn += 1)
      await first.turn({ storyId: story.id, kind: 'send', text: 'Go on. '.repeat(900) })
    await first.close()
    const file = join(dataDir, 'fabula.sqlite')
    const bytes = readFileSync(file)
    bytes.fill(0xaa, bytes.length - 3 * 4096)
    writeFileSync(file, bytes)
    const app = await start({ dataDir, vaultKey: first.vaultKey })
    expect((await app.ask('app.status', {})).storageDamage).toMatchObject({
      code: 'database_damaged',
      details: { path: file },
    })
  })
})

const because = smallDiskMissing === null ? '' : ` (skipped, ${smallDiskMissing})`

describe.skipIf(smallDiskMissing !== null)(`the app, on a disk${because}`, () => {
  it('that is full after a crash starts, and shows what was written', async () => {
    const disk = mountSmallDisk(4000)
    onTestFinished(disk.remove)
    const { folder, story } = await inTheMiddle(newFolder())
    const dataDir = join(disk.path, 'data')
    cutPower(folder, dataDir)
    disk.fill()
    const app = await start({ dataDir })
    expect((await app.ask('app.status', {})).storageProblem).toMatchObject({ code: 'storage_full' })
    expect(await lastPassage(app, story)).toMatchObject({ state: 'stopped', text: 'The door opens' })
  })

  it('that was full saves again in the same session, once there is room and the user tries again', async () => {
    const disk = mountSmallDisk(4000)
    onTestFinished(disk.remove)
    const first = await startTestCore({ dataDir: disk.path })
    const story = await storyWith(first, await demoSettings(first))
    await first.close()
    disk.fill()
    const app = await start({ dataDir: disk.path, vaultKey: first.vaultKey })
    expect((await app.ask('app.status', {})).storageProblem).toMatchObject({ code: 'storage_full' })
    expect(await app.ask('storage.reopen', {})).toMatchObject({ code: 'storage_full' })
    disk.free()
    expect(await app.ask('storage.reopen', {})).toBeNull()
    expect(await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).toMatchObject({ outcome: 'complete' })
  })

  it('that is read-only starts, reads, and refuses to write for that reason', async () => {
    const disk = mountSmallDisk(4000)
    onTestFinished(disk.remove)
    const first = await startTestCore({ dataDir: disk.path })
    const story = await storyWith(first, await demoSettings(first))
    await first.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    await first.close()
    disk.makeReadOnly()
    const app = await start({ dataDir: disk.path })
    expect((await app.ask('app.status', {})).storageProblem).toMatchObject({ code: 'storage_readonly' })
    expect(await passagesOf(app, story)).toHaveLength(2)
    // A turn that cannot be noted down does not begin, whether or not it brings a line.
    for (const turn of [{ kind: 'send', text: 'On.' }, { kind: 'retry' }]) {
      const refused = await app.refusal('turns.start', { storyId: story.id, ...turn })
      expect(refused).toMatchObject({ code: 'storage_readonly', details: { folder: disk.path } })
    }
    expect(await app.ask('turns.active', { storyId: story.id })).toBeNull()
    expect((await app.ask('preferences.set', { theme: 'dark' })).theme).toBe('dark')
  })
})
