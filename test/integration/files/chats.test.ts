import { cpSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportFile } from '@contract/routes/files'
import type { JsonObject } from '@contract/values'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, passagesOf, placed } from '@test/helpers/test-story'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { first } from '@test/integration/files/configuration'
import { cardShapes } from '@test/unit/formats/shapes'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
  await app.ask('presets.create', { name: 'Plain', roles: { main: placed(await demoSettings(app)) } })
})
afterEach(() => app.close())

const head = (metadata: JsonObject = {}): JsonObject => ({
  user_name: 'Анна',
  character_name: 'Мира',
  create_date: '2024-06-19T14:20:05.000Z',
  chat_metadata: { integrity: 'x', ...metadata },
})
const said = (mes: string, more: JsonObject = {}): JsonObject => ({
  name: 'Мира',
  is_user: false,
  is_system: false,
  send_date: '2024-06-19T14:20:05.000Z',
  mes,
  extra: { api: 'openrouter', model: 'some/model', vendor: 1 },
  ...more,
})
const asked = (mes: string): JsonObject => said(mes, { name: 'Анна', is_user: true, extra: {} })
const swiped = (swipes: string[], swipe_id: number) => said(swipes[swipe_id] ?? '', { swipes, swipe_id })
const jsonl = (lines: JsonObject[], fileName = 'Мира - ночь.jsonl'): ImportFile => ({
  fileName,
  text: lines.map((line) => JSON.stringify(line)).join('\n'),
})
const take = (...files: ImportFile[]) => app.ask('files.import', { files })
const night = jsonl([head(), swiped(['Темно.', 'Ночь.', 'Шторм.'], 1), asked('И что?'), said('Маяк погас.')])

describe('a chat that is imported', () => {
  it('is a story with its swipes as alternatives, and who wrote them', async () => {
    const plan = await app.ask('files.preview', { ...night })
    expect(plan).toMatchObject({
      format: 'chat',
      newWorld: null,
      items: [{ kind: 'story', name: 'Мира - ночь', holds: { passages: 3, alternatives: 2 } }],
    })
    const { stories } = await take(night)
    const { id } = first(stories)
    expect(await app.ask('stories.get', { id })).toMatchObject({ title: 'Мира - ночь', language: 'ru' })
    const page = await passagesOf(app, { id })
    expect(page.map(({ author, text }) => [author, text])).toEqual([
      ['story', 'Ночь.'],
      ['writer', 'И что?'],
      ['story', 'Маяк погас.'],
    ])
    expect(page[0]).toMatchObject({ state: 'complete', createdAt: '2024-06-19T14:20:05.000Z' })
    expect(page[0]?.alternatives).toHaveLength(3)
    expect(page[2]?.writtenBy).toMatchObject({ provider: 'openrouter', model: 'some/model' })
  })

  it('goes on where it ended, and can be searched', async () => {
    const { stories } = await take(night)
    const { id } = first(stories)
    await app.turn({ storyId: id, kind: 'send', text: 'Дальше.' })
    expect((await passagesOf(app, { id })).length).toBeGreaterThan(4)
    expect(JSON.stringify(await app.ask('stories.search', { text: 'Маяк' }))).toContain(id)
  })

  it('goes again when it is undone, unless it was gone on with', async () => {
    const one = await take(night)
    await app.ask('files.undo', { undoId: one.undoId })
    expect(await app.ask('stories.list', {})).toEqual([])
    expect(await app.ask('bin.list', {})).toEqual([])
    const two = await take(night)
    await app.turn({ storyId: first(two.stories).id, kind: 'send', text: 'Дальше.' })
    expect(await app.refusal('files.undo', { undoId: two.undoId })).toMatchObject({ code: 'undo_gone' })
  })

  it('takes the world of the character that it is with, also one that comes beside it', async () => {
    const card = { fileName: 'мира.json', text: JSON.stringify(cardShapes['version 2, plain']) }
    const { world } = await take(night, card)
    expect(await app.ask('worlds.list', {})).toMatchObject([{ id: world?.id, stories: 1 }])
  })

  it('is one story with the chats that were branched off from it', async () => {
    const branch = jsonl([head({ main_chat: 'Мира - ночь' }), said('Шторм.'), asked('Плыть?')], 'Branch #1.jsonl')
    const { stories } = await take(branch, night)
    expect(stories).toMatchObject([{ title: 'Мира - ночь' }])
    const page = await passagesOf(app, first(stories))
    const storm = page[0]?.alternatives[2]
    if (!storm) throw new Error('There is no such alternative')
    await app.ask('messages.choose', { id: storm })
    expect((await passagesOf(app, first(stories))).map(({ text }) => text)).toEqual(['Шторм.', 'Плыть?'])
  })

  it('leaves nothing behind when another file of the import is refused', async () => {
    const broken: ImportFile = { fileName: 'x.json', text: '{"spec":"chara_card_v2","data":{"name":[]}}' }
    expect(await app.refusal('files.import', { files: [night, broken] })).toMatchObject({ code: 'file_invalid' })
    const gone = { id: '01900000-0000-7000-8000-000000000000' }
    const files = [night, { fileName: 'card.json', text: JSON.stringify(cardShapes['version 1']) }]
    expect(await app.refusal('files.import', { files, choices: { world: gone } })).toMatchObject({ code: 'not_found' })
    expect(await app.ask('stories.list', {})).toEqual([])
  })

  it('names the line and the field that are wrong', async () => {
    expect(await app.refusal('files.preview', jsonl([head(), { name: 'x', is_user: false, mes: 1 }]))).toMatchObject({
      code: 'file_invalid',
      details: { path: 'line 2.mes' },
    })
    const broken = { fileName: 'x.jsonl', text: `${JSON.stringify(head())}\n{"mes":` }
    expect(await app.refusal('files.preview', broken)).toMatchObject({ code: 'file_not_json', details: { line: 2 } })
  })

  it('leaves nothing behind when it is stopped while it is long', async () => {
    const long = jsonl([head(), ...Array.from({ length: 3000 }, (_, place) => said(`${place} ${'words '.repeat(40)}`))])
    const taking = app.refusal('files.import', { files: [long] })
    await app.event('files.progress', ({ done }) => done > 0)
    await app.ask('files.stopImport', {})
    expect(await taking).toMatchObject({ code: 'import_stopped' })
    expect([await app.ask('stories.list', {}), await app.ask('bin.list', {})]).toEqual([[], []])
    expect(await app.ask('files.lastImport', {})).toBeNull()
  })

  it('leaves nothing behind when the power goes while it is long', async () => {
    const long = jsonl([head(), ...Array.from({ length: 3000 }, (_, place) => said(`${place} ${'words '.repeat(40)}`))])
    const taking = take(long)
    await app.event('files.progress', ({ done }) => done > 0)
    const copy = temporaryFolder()
    // Nothing runs while it is copied: it is what would be on the disk then.
    cpSync(app.dataDir, copy.path, { recursive: true })
    await taking
    const later = await startTestCore({ dataDir: copy.path, vaultKey: app.vaultKey })
    expect([await later.ask('stories.list', {}), await later.ask('bin.list', {})]).toEqual([[], []])
    expect(await later.ask('files.lastImport', {})).toBeNull()
    expect((await later.ask('files.import', { files: [long] })).stories).toHaveLength(1)
    await later.close()
    copy.remove()
  })

  it('says how far it is while it is long', async () => {
    const long = jsonl([
      head(),
      ...Array.from({ length: 3000 }, (_, place) => said(`Passage ${place}. ${'words '.repeat(40)}`)),
    ])
    const importing = take(long)
    const progress = await app.event('files.progress', ({ done }) => done > 0 && done < 3000)
    expect(progress.total).toBe(3000)
    expect(await app.ask('stories.list', {})).toEqual([])
    const { stories } = await importing
    expect(await app.ask('stories.list', {})).toMatchObject([{ id: first(stories).id, passages: 3000 }])
  })
})
