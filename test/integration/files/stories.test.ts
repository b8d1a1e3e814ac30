import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Story } from '@contract/entities/story'
import type { World, WorldEntry } from '@contract/entities/world'
import { JsonObject, type JsonValue } from '@contract/values'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, passagesOf, placed } from '@test/helpers/test-story'
import { first } from '@test/integration/files/configuration'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64'
)
const HASH = createHash('sha256').update(PNG).digest('hex')

let app: TestCore
let story: Story
let world: World
let anna: WorldEntry
beforeEach(async () => {
  app = await withPreset()
  const made = await shore(app)
  story = made.story
  world = made.world
  anna = made.anna
})
afterEach(() => app.close())

async function withPreset(): Promise<TestCore> {
  const one = await startTestCore()
  await one.ask('presets.create', { name: 'Plain', roles: { main: placed(await demoSettings(one)) } })
  return one
}

const said = (mes: string, more: object = {}) => ({ name: 'Anna', is_user: false, mes, ...more })
const chat = [
  { user_name: 'Ira', character_name: 'Anna', chat_metadata: { vendor: 1 } },
  said('Dark.', { swipes: ['Dark.', 'Storm.'], swipe_id: 0 }),
  said('And then?', { is_user: true, name: 'Ira' }),
  said('The lamp went out.'),
]

/** A story of two branches, with a world, a persona, a pinned character, and what it changes of them. */
async function shore(core: TestCore) {
  const text = chat.map((line) => JSON.stringify(line)).join('\n')
  const { stories } = await core.ask('files.import', { files: [{ fileName: 'Shore.jsonl', text }] })
  const story = await core.ask('stories.get', { id: first(stories).id })
  const world = await core.ask('worlds.create', { name: 'Shore', language: 'en' })
  const add = (kind: WorldEntry['kind'], name: string) =>
    core.ask('worlds.addEntry', { worldId: world.id, kind, name, language: 'en', fields: { description: `${name}.` } })
  const anna = await core.ask('worlds.addEntry', { worldId: world.id, kind: 'character', name: 'Anna', language: 'en' })
  const ira = await add('persona', 'Ira')
  await core.ask('worlds.setPicture', { worldId: world.id, id: anna.id, data: PNG.toString('base64') })
  await core.ask('storyWorlds.setWorlds', { storyId: story.id, worldIds: [world.id] })
  await core.ask('storyWorlds.setPersona', { storyId: story.id, entryId: ira.id })
  await core.ask('storyWorlds.pinEntry', { storyId: story.id, entryId: anna.id, pinned: true })
  await core.ask('storyWorlds.differ', { storyId: story.id, entryId: anna.id, changes: { description: 'Old.' } })
  const [opening] = await passagesOf(core, story)
  const storm = opening?.alternatives[1]
  if (!storm) throw new Error('There is no second beginning')
  await core.ask('messages.choose', { id: storm })
  await core.turn({ storyId: story.id, kind: 'send', text: 'I hide.' })
  return { story, world, anna }
}

const exported = async (core: TestCore, id = story.id) => {
  const { fileName, text, leftOut } = await core.ask('files.exportStory', { storyId: id })
  return { file: { fileName, text }, leftOut }
}
const told = async (core: TestCore, id: Story['id']) =>
  (await passagesOf(core, { id })).map(({ author, text, alternatives }) => [author, text, alternatives.length])

describe('a story that goes to another computer', () => {
  it('comes with every branch, its worlds, what it changes of them, and their pictures', async () => {
    const { file, leftOut } = await exported(app)
    expect([file.fileName, leftOut]).toEqual(['Shore.fabula.json', 0])
    const other = await withPreset()
    const plan = await other.ask('files.preview', file)
    expect(plan).toMatchObject({
      format: 'story',
      items: [
        { kind: 'story', name: 'Shore' },
        { kind: 'world', conflict: null },
      ],
    })
    const { stories, dropped, undoId } = await other.ask('files.import', { files: [file] })
    const { id } = first(stories)
    expect(dropped).toEqual([])
    expect(await told(other, id)).toEqual(await told(app, story.id))
    const links = await other.ask('storyWorlds.get', { storyId: id })
    expect({ ...links, storyId: story.id }).toEqual(await app.ask('storyWorlds.get', { storyId: story.id }))
    expect(links.pinned.map((one) => one.name)).toEqual(['Anna'])
    expect(await other.ask('worlds.picture', { hash: HASH })).toMatchObject({ data: PNG.toString('base64') })
    const again = await exported(other, id)
    expect(withoutDate(again.file.text)).toEqual(withoutDate(file.text))
    await other.ask('files.undo', { undoId })
    expect([await other.ask('stories.list', {}), await other.ask('worlds.list', {})]).toEqual([[], []])
    await other.close()
  })

  it('takes the world that is here under its id, where that says the same', async () => {
    const { file } = await exported(app)
    await app.ask('worlds.addEntry', { worldId: world.id, kind: 'lore', name: 'Since', language: 'en' })
    expect((await app.ask('files.preview', file)).items[1]).toMatchObject({ kind: 'world', conflict: 'same' })
    await app.ask('files.import', { files: [file] })
    expect(await app.ask('worlds.list', {})).toMatchObject([{ id: world.id, stories: 2 }])
  })

  it('brings a world that says something else under another name, or takes the one that is here', async () => {
    const { file } = await exported(app)
    await app.ask('worlds.updateEntry', { worldId: world.id, id: anna.id, patch: { fields: { description: 'New.' } } })
    expect((await app.ask('files.preview', file)).items[1]).toMatchObject({ conflict: 'different', replaceable: false })
    const mine = await app.ask('files.import', { files: [file], choices: { conflicts: { 'world:Shore': 'skip' } } })
    expect(await app.ask('storyWorlds.get', { storyId: first(mine.stories).id })).toMatchObject({
      worlds: [{ id: world.id }],
      differences: [{ outdated: true }],
    })
    const both = await app.ask('files.import', { files: [file] })
    const links = await app.ask('storyWorlds.get', { storyId: first(both.stories).id })
    expect(links).toMatchObject({
      worlds: [{ name: 'Shore (2)' }],
      pinned: [{ name: 'Anna' }],
      differences: [{ outdated: false }],
    })
    expect(links.pinned[0]?.id).not.toBe(anna.id)
  })

  it('says what is neither in the file nor here', async () => {
    const { file } = await exported(app)
    const other = await withPreset()
    const bare = JSON.stringify({ ...fieldsOf(file), worlds: [], pictures: {} })
    const { dropped, stories } = await other.ask('files.import', { files: [{ ...file, text: bare }] })
    expect(dropped).toEqual([{ item: 'Shore', kind: 'world', name: '' }])
    expect(await other.ask('storyWorlds.get', { storyId: first(stories).id })).toMatchObject({
      worlds: [],
      differences: [],
    })
    const drawn = JSON.stringify({ ...fieldsOf(file), pictures: {} })
    const pictureless = await other.ask('files.import', { files: [{ ...file, text: drawn }] })
    expect(pictureless.dropped).toEqual([{ item: 'Shore', kind: 'picture', name: 'Anna' }])
    await other.close()
  })

  it.each<[string, readonly (string | number)[], JsonValue, string]>([
    ['a passage before its parent', ['story', 'passages', 0, 'parent'], 3, 'story.passages[0].parent'],
    ['a head that is not there', ['story', 'head'], 99, 'story.head'],
    ['a world twice', ['worlds', 1], null, 'worlds[1].id'],
    ['an unknown field', ['story', 'more'], 1, 'story.more'],
    ['another picture', ['pictures', HASH], 'AAAA', `pictures.${HASH}`],
  ])('is refused with %s, and nothing stays', async (_, at, value, path) => {
    const { file } = await exported(app)
    const json = fieldsOf(file)
    const spoiled = changed(json, at, value ?? valueAt(json, ['worlds', 0]))
    const given = { ...file, text: JSON.stringify(spoiled) }
    expect(await app.refusal('files.import', { files: [given] })).toMatchObject({
      code: 'file_invalid',
      details: { path },
    })
    expect(await app.ask('stories.list', {})).toHaveLength(1)
  })

  it('is refused when a newer Fabula wrote it', async () => {
    const { file } = await exported(app)
    const newer = { ...file, text: file.text.replace('"version":1', '"version":2') }
    expect(await app.refusal('files.preview', newer)).toMatchObject({ code: 'file_newer' })
  })
})

type Step = string | number
const valueAt = (json: JsonValue, [step, ...rest]: readonly Step[]): JsonValue => {
  if (step === undefined || typeof json !== 'object' || json === null) return json
  return valueAt(Object.entries(json).find(([key]) => key === String(step))?.[1] ?? null, rest)
}
const changed = (json: JsonValue, [step, ...rest]: readonly Step[], value: JsonValue): JsonValue => {
  if (step === undefined) return value
  if (Array.isArray(json)) return Object.assign([...json], { [step]: changed(json[Number(step)] ?? null, rest, value) })
  const fields = JsonObject.parse(json)
  return { ...fields, [step]: changed(fields[step] ?? null, rest, value) }
}
const fieldsOf = ({ text }: { text: string }): JsonObject => JsonObject.parse(JSON.parse(text))
const withoutDate = (text: string): JsonValue => changed(fieldsOf({ text }), ['story', 'createdAt'], '')
