import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ImportFile } from '@contract/routes/files'
import { JsonObject } from '@contract/values'
import { writeArchive } from '@main/formats/archive'
import { readCard } from '@main/formats/card'
import { readCardFile, writeCardPng, type CardInFile } from '@main/formats/card-file'
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
const sent = async (bytes: Buffer, fileName: string): Promise<ImportFile> => ({
  ...(await app.ask('files.upload', { data: bytes.toString('base64') })),
  fileName,
})
/** Takes a file in, and gives the character that came. */
async function taken(file: ImportFile) {
  const { characters } = await app.ask('files.import', { files: [file] })
  return first(characters)
}
type Form = 'png' | 'json' | 'charx'
async function exported(
  { id, worldId }: Awaited<ReturnType<typeof taken>>,
  form: Form,
  lore: 'own' | 'world' | 'none' = 'own'
): Promise<{ fileName: string; bytes: Buffer }> {
  const { fileName, data } = await app.ask('files.exportCharacter', { worldId, id, form, lore })
  return { fileName, bytes: Buffer.from(data, 'base64') }
}
const cardIn = (bytes: Buffer): Promise<CardInFile> => readCardFile(bytes)
const parsed = (text: string | Buffer) => JsonObject.parse(JSON.parse(text.toString()))

const source = shape('a nested lorebook')
const picture = plainPng(20, 30, [1, 2, 3])
const cardPng = () => {
  const read = readCard(source)
  return writeCardPng({ character: read, extra: read.extra, book: read.book }, picture)
}

describe('a character that is exported', () => {
  it.each(Object.keys(cardShapes))('has all that its file had: %s', async (name) => {
    const character = await taken({ fileName: 'card.json', text: JSON.stringify(shape(name)) })
    const again = await taken({ fileName: 'b.json', text: (await exported(character, 'json')).bytes.toString() })
    const one = await app.ask('worlds.entry', { worldId: character.worldId, id: character.id })
    const two = await app.ask('worlds.entry', { worldId: again.worldId, id: again.id })
    expect({ name: two.name, fields: two.fields }).toEqual({ name: one.name, fields: one.fields })
    const lore = async (worldId: typeof character.worldId) =>
      (await app.ask('worlds.entries', { worldId, kind: 'lore' })).map(({ name: called, words }) => [called, words])
    expect(await lore(again.worldId)).toEqual(await lore(character.worldId))
  })

  it('has the picture byte for byte, and its own lore', async () => {
    const character = await taken(await sent(cardPng(), 'мира.png'))
    const { fileName, bytes } = await exported(character, 'png')
    expect(fileName).toBe('Мира.png')
    const read = await cardIn(bytes)
    expect(read.picture?.equals(picture)).toBe(true)
    expect(read.book?.['entries']).toHaveLength(4)
    expect(read.book).toMatchObject({ publisher: { name: 'x' }, scan_depth: 3 })
  })

  it('has the lore of its world, or none, where that is wanted', async () => {
    const character = await taken(await sent(cardPng(), 'мира.png'))
    await app.ask('worlds.addEntry', { worldId: character.worldId, kind: 'lore', name: 'New', language: 'en' })
    const count = async (lore: 'own' | 'world' | 'none') => {
      const entries = (await cardIn((await exported(character, 'png', lore)).bytes)).book?.['entries']
      return Array.isArray(entries) ? entries.length : 0
    }
    expect([await count('own'), await count('world'), await count('none')]).toEqual([4, 5, 0])
  })

  it('says what was changed here', async () => {
    const { id, worldId, name } = await taken(await sent(cardPng(), 'мира.png'))
    await app.ask('worlds.updateEntry', { worldId, id, patch: { fields: { description: 'By hand.', voice: 'Soft.' } } })
    const json = parsed((await exported({ id, worldId, name }, 'json')).bytes)
    expect(json).toMatchObject({
      spec: 'chara_card_v3',
      data: { description: 'By hand.', extensions: { fabula: { voice: 'Soft.' } } },
    })
  })

  it('has the files of the archive that it came in', async () => {
    const archive = await writeArchive([
      { path: 'card.json', bytes: Buffer.from(JSON.stringify(shape('version 3, plain'))) },
      { path: 'assets/звук.mp3', bytes: Buffer.from('sound') },
    ])
    const { bytes, fileName } = await exported(await taken(await sent(archive, 'мира.charx')), 'charx')
    expect(fileName).toBe('Мира.charx')
    expect((await cardIn(bytes)).assets).toEqual([{ path: 'assets/звук.mp3', bytes: Buffer.from('sound') }])
  })

  it('has a plain picture where it has none, or one that was made for it', async () => {
    const character = await taken({ fileName: 'card.json', text: JSON.stringify(source) })
    expect((await cardIn((await exported(character, 'png')).bytes)).picture?.length).toBeGreaterThan(100)
    const { id, worldId } = character
    const given = { worldId, id, form: 'png', lore: 'none', picture: picture.toString('base64') } as const
    const { data } = await app.ask('files.exportCharacter', given)
    expect((await cardIn(Buffer.from(data, 'base64'))).picture?.equals(picture)).toBe(true)
  })
})

describe('the lore of a world that is exported', () => {
  it('is a lorebook with all that its file had', async () => {
    const entry = {
      uid: 4,
      key: ['sea'],
      keysecondary: [],
      comment: 'Sea',
      content: 'Salt.',
      order: 1,
      position: 7,
      x: [1],
    }
    const book = { name: 'Sea', vendor: { a: 1 }, entries: { 4: entry } }
    const { world } = await app.ask('files.import', { files: [{ fileName: 'sea.json', text: JSON.stringify(book) }] })
    if (!world) throw new Error('There is no world')
    const { fileName, text } = await app.ask('files.exportLore', { worldId: world.id })
    expect(fileName).toBe('Sea.json')
    expect(parsed(text)).toMatchObject(book)
  })
})

describe('a story that is exported', () => {
  const lines: JsonObject[] = [
    { user_name: 'Анна', character_name: 'Мира', create_date: 'x', chat_metadata: { integrity: 'y', vendor: [1] } },
    {
      name: 'Мира',
      is_user: false,
      is_system: false,
      send_date: 'd',
      mes: 'B',
      swipe_id: 1,
      swipes: ['A', 'B'],
      extra: { api: 'a', model: 'm', z: 1 },
    },
    { name: 'Анна', is_user: true, is_system: true, send_date: 'e', mes: 'C', extra: {}, future: { a: 1 } },
  ]
  const text = lines.map((line) => JSON.stringify(line)).join('\n')

  it('is the chat that it was, with what was written since', async () => {
    await app.ask('presets.create', { name: 'Plain', roles: { main: placed(await demoSettings(app)) } })
    const { stories } = await app.ask('files.import', { files: [{ fileName: 'night.jsonl', text }] })
    const { id } = first(stories)
    const { text: same, fileName } = await app.ask('files.exportChat', { storyId: id })
    expect(fileName).toBe('night.jsonl')
    const [head, ...messages] = same.trim().split('\n').map(parsed)
    expect(head).toEqual(lines[0])
    expect(messages).toMatchObject(lines.slice(1))

    await app.turn({ storyId: id, kind: 'send', text: 'And then?' })
    const { text: more } = await app.ask('files.exportChat', { storyId: id })
    const written = more.trim().split('\n').map(parsed)
    expect(written.at(-2)).toMatchObject({ name: 'Анна', is_user: true, mes: 'And then?' })
    expect(written.at(-1)).toMatchObject({
      name: 'Мира',
      is_user: false,
      extra: { model: expect.any(String) as string },
    })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1000 })
    onTestFinished(() => void vi.useRealTimers())
    await app.turn({ storyId: id, kind: 'retry' })
    await app.ask('storyWorlds.differ', { storyId: id, entryId: null, changes: { note: 'It rains.', noteDepth: 2 } })
    const { text: again } = await app.ask('files.exportChat', { storyId: id })
    const lastly = again.trim().split('\n').map(parsed)
    expect(lastly[0]).toMatchObject({ chat_metadata: { note_prompt: 'It rains.', note_depth: 2 } })
    const { swipes, swipe_info: infos, ...shown } = lastly.at(-1) ?? {}
    expect(swipes).toHaveLength(2)
    // Each swipe says when it was written, with how many tokens.
    const info = { send_date: expect.any(String) as string, extra: { token_count: expect.any(Number) as number } }
    expect(infos).toMatchObject([info, info])
    expect(new Set(JSON.stringify(infos).match(/"send_date":"[^"]+"/g)).size).toBe(2)
    expect(shown).toMatchObject({ swipe_id: 1, extra: { token_count: expect.any(Number) as number } })
    // Another copy of Fabula reads it as the same story.
    const plan = await app.ask('files.preview', { fileName: 'again.jsonl', text: more })
    expect(plan.items).toMatchObject([{ kind: 'story', holds: { passages: written.length - 1 } }])
  })
})
