import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportChoices, ImportFile } from '@contract/routes/files'
import type { JsonObject } from '@contract/values'
import { writeArchive } from '@main/formats/archive'
import { readCard } from '@main/formats/card'
import { writeCardPng } from '@main/formats/card-file'
import { plainPng } from '@main/formats/png'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, placed } from '@test/helpers/test-story'
import { first } from '@test/integration/files/configuration'
import { cardShapes } from '@test/unit/formats/shapes'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const shape = (name: string): JsonObject => {
  const json = cardShapes[name]
  if (!json) throw new Error(`There is no shape ${name}`)
  return json
}
const file = (json: JsonObject, fileName = 'card.json'): ImportFile => ({ fileName, text: JSON.stringify(json) })
const take = (files: ImportFile[], choices: ImportChoices = {}) => app.ask('files.import', { files, choices })

async function aStory() {
  await app.ask('presets.create', { name: 'Plain', roles: { main: placed(await demoSettings(app)) } })
  return app.ask('stories.create', { title: 'Night', language: 'en' })
}

/** Sends bytes in parts, as the window does. */
async function sent(bytes: Buffer, fileName: string, part = 1000): Promise<ImportFile> {
  let { uploadId } = await app.ask('files.upload', { data: bytes.subarray(0, part).toString('base64') })
  for (let at = part; at < bytes.length; at += part)
    ({ uploadId } = await app.ask('files.upload', { uploadId, data: bytes.subarray(at, at + part).toString('base64') }))
  return { uploadId, fileName }
}

const pictureOf = async (bytes: Buffer) => {
  const read = readCard(shape('a nested lorebook'))
  return writeCardPng({ character: read, extra: read.extra, book: read.book }, bytes)
}
const picture = plainPng(30, 40, [10, 20, 200])

describe('a character that is imported', () => {
  it('comes into a new world with its lore, and goes again when that is undone', async () => {
    const plan = await app.ask('files.preview', { ...textOf(shape('a nested lorebook')) })
    expect(plan).toMatchObject({
      format: 'character',
      newWorld: 'Мира',
      items: [{ key: 'character:Мира', kind: 'character', conflict: null, holds: { greetings: 2, lore: 4 } }],
    })
    const report = await take([file(shape('a nested lorebook'))])
    expect(report).toMatchObject({ lore: 4, characters: [{ name: 'Мира' }], world: { name: 'Мира' }, stories: [] })
    const [world] = await app.ask('worlds.list', {})
    expect(world).toMatchObject({ name: 'Мира', entries: { character: 1, lore: 4 } })
    await app.ask('files.undo', { undoId: report.undoId })
    expect(await app.ask('worlds.list', {})).toEqual([])
    expect(await app.ask('bin.list', {})).toEqual([])
  })

  it('is taken by the story it was dropped on, until that is undone', async () => {
    const { id: storyId } = await aStory()
    const earlier = await app.ask('worlds.create', { name: 'Sea', language: 'en' })
    await app.ask('storyWorlds.setWorlds', { storyId, worldIds: [earlier.id] })
    const worldsOf = async () => (await app.ask('storyWorlds.get', { storyId })).worlds.map(({ name }) => name)
    const report = await take([file(shape('a nested lorebook'))], { story: storyId })
    expect(report).toMatchObject({ world: { name: 'Мира' }, takenBy: { id: storyId, title: 'Night' } })
    expect(await worldsOf()).toEqual(['Sea', 'Мира'])
    await app.ask('files.undo', { undoId: report.undoId })
    expect(await worldsOf()).toEqual(['Sea'])
    expect(await app.ask('worlds.list', {})).toHaveLength(1)
  })

  it('lets a story take the world that has all of it already', async () => {
    const world = await app.ask('worlds.create', { name: 'Sea', language: 'en' })
    const { id: storyId } = await aStory()
    const choices: ImportChoices = { world: { id: world.id }, story: storyId }
    await take([file(shape('a nested lorebook'))], { world: { id: world.id } })
    const report = await take([file(shape('a nested lorebook'))], choices)
    expect(report).toMatchObject({ characters: [], world: { name: 'Sea' }, takenBy: { title: 'Night' } })
    expect(await take([file(shape('a nested lorebook'))], choices)).toMatchObject({ world: null, takenBy: null })
    await app.ask('files.undo', { undoId: report.undoId })
    expect((await app.ask('storyWorlds.get', { storyId })).worlds).toEqual([])
    expect(await app.ask('worlds.list', {})).toMatchObject([{ entries: { character: 1, lore: 4 } }])
  })

  it('comes into the world that was chosen, and is the same the second time', async () => {
    const world = await app.ask('worlds.create', { name: 'Море', language: 'ru' })
    const choices = { world: { id: world.id } }
    await take([file(shape('a nested lorebook')), file(shape('version 1'))], choices)
    expect(await app.ask('worlds.list', {})).toMatchObject([{ name: 'Море', entries: { character: 2, lore: 4 } }])
    const again = await app.ask('files.preview', { ...textOf(shape('a nested lorebook')), world: { id: world.id } })
    expect(again.items).toMatchObject([{ conflict: 'same' }])
    const report = await take([file(shape('a nested lorebook'))], choices)
    expect(report).toMatchObject({ characters: [], lore: 0, world: null })
  })

  it.each([
    ['keep_both', ['Мира', 'Мира (2)']],
    ['replace', ['Мира']],
    ['skip', ['Мира']],
  ] as const)('meets one of its name as was chosen: %s', async (choice, names) => {
    const world = await app.ask('worlds.create', { name: 'Море', language: 'ru' })
    const choices: ImportChoices = { world: { id: world.id }, conflicts: { 'character:Мира': choice } }
    await take([file(shape('version 2, plain'))], choices)
    const changed = readCard(shape('version 2, plain'))
    const other = { ...shape('version 2, plain'), data: { ...changed.fields, name: 'Мира', description: 'Other.' } }
    const plan = await app.ask('files.preview', { ...textOf(other), world: { id: world.id } })
    expect(plan.items).toMatchObject([{ conflict: 'different', replaceable: true }])
    const before = await app.ask('worlds.entries', { worldId: world.id, kind: 'character' })
    const report = await take([file(other)], choices)
    const after = await app.ask('worlds.entries', { worldId: world.id, kind: 'character' })
    expect(after.map(({ name }) => name)).toEqual(names)
    expect(after.some(({ excerpt }) => excerpt === 'Other.')).toBe(choice !== 'skip')
    if (choice === 'skip') return
    await app.ask('files.undo', { undoId: report.undoId })
    expect(await app.ask('worlds.entries', { worldId: world.id, kind: 'character' })).toEqual(before)
  })

  it('brings its picture, sent in parts, and nothing of what was sent stays', async () => {
    const upload = await sent(await pictureOf(picture), 'мира.png')
    const plan = await app.ask('files.preview', { ...upload })
    expect(plan.items).toMatchObject([{ name: 'Мира', holds: { lore: 4 } }])
    const { characters } = await take([upload])
    const { id, worldId } = first(characters)
    const entry = await app.ask('worlds.entry', { worldId, id })
    const hash = entry.kind === 'character' ? entry.fields.picture : null
    const kept = await app.ask('worlds.picture', { hash: hash ?? '' })
    expect(Buffer.from(kept.data, 'base64').equals(picture)).toBe(true)
    if ('uploadId' in upload) await app.ask('files.dropUploads', { uploadIds: [upload.uploadId] })
    expect(await app.refusal('files.preview', upload)).toMatchObject({ code: 'not_found' })
    expect(await readdir(join(app.dataDir, 'uploads'))).toEqual([])
  })

  it('brings the assets of an archive, which outlive the tidying of pictures', async () => {
    const archive = await writeArchive([
      { path: 'card.json', bytes: Buffer.from(JSON.stringify(shape('version 3, plain'))) },
      { path: 'assets/sound.mp3', bytes: Buffer.from('sound') },
    ])
    const report = await take([await sent(archive, 'мира.charx')])
    expect(report.characters).toHaveLength(1)
    const { dataDir, vaultKey } = app
    await app.core.close()
    const again = await startTestCore({ dataDir, vaultKey })
    expect(await readdir(join(dataDir, 'pictures'))).toHaveLength(1)
    await again.close()
    app = await startTestCore()
  })

  it('is not undone once it was changed', async () => {
    const { undoId, characters } = await take([file(shape('version 2, plain'))])
    const { id, worldId } = first(characters)
    await app.ask('worlds.updateEntry', { worldId, id, patch: { name: 'Vera' } })
    expect(await app.refusal('files.undo', { undoId })).toMatchObject({ code: 'undo_gone', details: { name: 'Мира' } })
    expect(await app.ask('worlds.list', {})).toHaveLength(1)
  })

  it('is named with what changes the writing elsewhere and not here', async () => {
    const { losses } = await app.ask('files.preview', {
      ...textOf(shape('as SillyTavern writes JSON: version 1 beside version 2')),
    })
    expect(losses).toEqual([{ field: 'extensions.depth_prompt', value: '"p"', reason: 'kept' }])
  })

  it.each([
    ['bytes that are nothing', Buffer.from([1, 2, 3, 255]), 'file_not_json'],
    ['a picture without a card', picture, 'file_no_card'],
  ])('is refused with the reason, and nothing is left: %s', async (_, bytes, code) => {
    const upload = await sent(bytes, 'x.png')
    expect(await app.refusal('files.preview', upload)).toMatchObject({ code })
    expect(await app.refusal('files.import', { files: [file(shape('version 1')), upload] })).toMatchObject({ code })
    expect(await app.ask('worlds.list', {})).toEqual([])
  })
})

const textOf = (json: JsonObject) => ({ fileName: 'card.json', text: JSON.stringify(json) })

describe('a lorebook that is imported', () => {
  const book = {
    name: 'Sea',
    scan_depth: 2,
    recursive_scanning: false,
    entries: {
      0: { uid: 0, key: ['sea'], keysecondary: [], comment: 'Sea', content: 'Salt.', order: 1, disable: false },
    },
  }
  it('is a world that is searched as it says', async () => {
    const report = await take([file(book, 'sea.json')])
    expect(report).toMatchObject({ lore: 1, characters: [], world: { name: 'Sea' } })
    const [world] = await app.ask('worlds.list', {})
    const { scanDepth, recursionSteps } = await app.ask('worlds.get', { worldId: world?.id ?? '' })
    expect([scanDepth, recursionSteps]).toEqual([2, 0])
  })
  it('is called as its file where it has no name', async () => {
    const { name: _name, ...nameless } = book
    expect((await take([file(nameless, 'Морские глубины.json')])).world?.name).toBe('Морские глубины')
  })
})
