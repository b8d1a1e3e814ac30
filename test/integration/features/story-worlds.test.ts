import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Story } from '@contract/entities/story'
import type { World, WorldEntryKind } from '@contract/entities/world'
import type { JsonObject } from '@contract/values'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, lastPassage, storyWith } from '@test/helpers/test-story'

let app: TestCore
let story: Story
let world: World
beforeEach(async () => {
  app = await startTestCore({ backgroundWork: false })
  onTestFinished(() => app.close())
  story = await storyWith(app, await demoSettings(app), undefined, 'ru')
  world = await ask('worlds.create', { name: 'Берег', language: 'ru' })
})
const ask: TestCore['ask'] = (route, input) => app.ask(route, input)
const add = (kind: WorldEntryKind, name: string, fields: JsonObject = {}, to = world) =>
  ask('worlds.addEntry', { worldId: to.id, kind, name, language: 'ru', fields })
const take = (...worlds: World[]) =>
  ask('storyWorlds.setWorlds', { storyId: story.id, worldIds: worlds.map(({ id }) => id) })
const scene = (line = '') => ask('storyWorlds.scene', { storyId: story.id, line })

describe('a story that begins with a character', () => {
  it('shows the greeting that was chosen, has the others beside it, and takes world, persona and character', async () => {
    const world = await ask('worlds.create', { name: 'Coast', language: 'en' })
    const add = (kind: WorldEntryKind, name: string, fields: JsonObject) =>
      ask('worlds.addEntry', { worldId: world.id, kind, name, language: 'en', fields })
    const mira = await add('character', 'Mira', { greetings: ['Dark, {{user}}.', '{{char}} waits.'] })
    const ira = await add('persona', 'Ira', {})
    const begin = { characterId: mira.id, greeting: 1, personaId: ira.id }
    const made = await ask('stories.create', { language: 'en', begin })
    expect(made.title).toBe('Mira')
    const { messages } = await ask('messages.page', { storyId: made.id })
    expect(messages.map(({ text }) => text)).toEqual(['Mira waits.'])
    await ask('messages.choose', { id: messages[0]?.alternatives[0] ?? made.id })
    expect((await ask('messages.page', { storyId: made.id })).messages[0]?.text).toBe('Dark, Ira.')
    expect(await ask('storyWorlds.get', { storyId: made.id })).toMatchObject({
      worlds: [{ id: world.id }],
      personaId: ira.id,
      pinned: [{ id: mira.id }],
    })
    const bare = await ask('stories.create', { language: 'en', begin: { ...begin, greeting: null, personaId: null } })
    expect([bare.title, (await ask('messages.page', { storyId: bare.id })).messages]).toEqual(['Mira 2', []])
    for (const wrong of [{ greeting: 2 }, { characterId: ira.id }, { personaId: mira.id }])
      expect(await app.refusal('stories.create', { language: 'en', begin: { ...begin, ...wrong } })).toMatchObject({
        code: 'greeting' in wrong ? 'bad_input' : 'not_found',
      })
  })
})

describe('a story', () => {
  it('has in its scene whom the passages name in any form, and says by which words', async () => {
    await add('character', 'Анна Громова', { description: 'Смотрительница маяка.' })
    await add('character', 'Павел')
    await add('place', 'Старый маяк')
    await add('lore', 'Прилив', { keys: ['прилив'], content: 'Приходит дважды в день.' })
    expect((await scene('Анна')).characters).toEqual([])
    await take(world)
    const now = await scene('Мы с Анной дошли до старого маяка до прилива.')
    expect(now.characters).toMatchObject([
      {
        name: 'Анна Громова',
        excerpt: 'Смотрительница маяка.',
        reason: { type: 'named', key: 'Анна', passagesAfter: 0 },
      },
    ])
    expect(now.places.map(({ name }) => name)).toEqual(['Старый маяк'])
    expect(now.lore).toMatchObject([{ name: 'Прилив', position: 'beforeCharacters' }])
    expect((await scene('Без Павла не начнём.')).characters.map(({ name }) => name)).toEqual(['Павел'])
  })

  it('holds what is pinned, and plays the persona that was chosen or the only one', async () => {
    const anna = await add('character', 'Анна')
    const oleg = await add('persona', 'Олег')
    await take(world)
    await ask('storyWorlds.pinEntry', { storyId: story.id, entryId: anna.id, pinned: true })
    expect(await scene()).toMatchObject({
      persona: { name: 'Олег', reason: { type: 'chosen' } },
      characters: [{ name: 'Анна', pinned: true, reason: { type: 'pinned' } }],
    })
    const ira = await add('persona', 'Ира')
    expect((await scene()).persona).toBeNull()
    expect(await ask('storyWorlds.setPersona', { storyId: story.id, entryId: ira.id })).toMatchObject({
      personaId: ira.id,
      personas: [{ id: oleg.id }, { id: ira.id }],
    })
    expect((await scene()).persona).toMatchObject({ name: 'Ира' })
    expect(await app.refusal('storyWorlds.setPersona', { storyId: story.id, entryId: anna.id })).toMatchObject({
      code: 'not_found',
    })
  })

  it('takes a single entry of a world that it does not take', async () => {
    const lore = await add('lore', 'Прилив', { constant: true })
    await add('lore', 'Отлив', { constant: true })
    const taken = await ask('storyWorlds.takeEntry', { storyId: story.id, entryId: lore.id, taken: true })
    expect(taken.entries.map(({ name }) => name)).toEqual(['Прилив'])
    expect((await scene()).lore.map(({ name }) => name)).toEqual(['Прилив'])
    await take(world)
    expect((await ask('storyWorlds.get', { storyId: story.id })).entries).toEqual([])
    expect((await scene()).lore).toHaveLength(2)
  })

  it('differs from its world field by field, and notices when the world changes underneath', async () => {
    const anna = await add('character', 'Анна', { description: 'Молчит.', voice: 'Сухо.' })
    await take(world)
    const differ = (changes: JsonObject) => ask('storyWorlds.differ', { storyId: story.id, entryId: anna.id, changes })
    await differ({ description: 'Поёт.', voice: 'Сухо.', name: 'Аня' })
    const own = await ask('storyWorlds.entry', { storyId: story.id, entryId: anna.id })
    expect(own.entry).toMatchObject({ name: 'Аня', fields: { description: 'Поёт.', voice: 'Сухо.' } })
    expect(own.inherited).toMatchObject({ name: 'Анна', description: 'Молчит.' })
    expect(own.differences.map(({ path, outdated }) => [path, outdated])).toEqual([
      ['description', false],
      ['name', false],
    ])
    expect((await scene('Аня вошла.')).characters).toMatchObject([{ excerpt: 'Поёт.' }])

    await ask('worlds.updateEntry', {
      worldId: world.id,
      id: anna.id,
      patch: { fields: { description: 'Ворчит.', voice: 'Тихо.' } },
    })
    const after = await ask('storyWorlds.entry', { storyId: story.id, entryId: anna.id })
    expect(after.entry.fields).toMatchObject({ description: 'Поёт.', voice: 'Тихо.' })
    expect(after.differences).toMatchObject([
      { path: 'description', base: 'Молчит.', inherited: 'Ворчит.', outdated: true },
      { path: 'name', outdated: false },
    ])
    const reset = await ask('storyWorlds.reset', { storyId: story.id, entryId: anna.id, paths: ['description'] })
    expect(reset.differences.map(({ path }) => path)).toEqual(['name'])
    expect((await differ({ name: 'Анна' })).differences).toEqual([])
    expect(
      await app.refusal('storyWorlds.differ', { storyId: story.id, entryId: anna.id, changes: { keys: ['x'] } })
    ).toMatchObject({ code: 'bad_input' })
  })

  it('has the style guide and the note of its first world that has them, or its own', async () => {
    await ask('worlds.update', {
      worldId: world.id,
      patch: { fields: { styleGuide: 'Коротко.', note: 'Ночь.', noteDepth: 1 } },
    })
    await take(world)
    expect((await ask('storyWorlds.get', { storyId: story.id })).style).toMatchObject({
      styleGuide: 'Коротко.',
      note: 'Ночь.',
      noteDepth: 1,
      origins: { note: 'world' },
    })
    const changed = await ask('storyWorlds.differ', {
      storyId: story.id,
      entryId: null,
      changes: { note: 'Рассвет.', noteDepth: 1 },
    })
    expect(changed.style).toMatchObject({ note: 'Рассвет.', origins: { note: 'story', noteDepth: 'world' } })
    const badPath = { storyId: story.id, entryId: null, changes: { scanDepth: 1 } }
    expect(await app.refusal('storyWorlds.differ', badPath)).toMatchObject({ code: 'bad_input' })
    const reset = await ask('storyWorlds.reset', { storyId: story.id, entryId: null })
    expect(reset.style).toMatchObject({ note: 'Ночь.' })
  })

  it('is copied with what it takes and changes', async () => {
    const anna = await add('character', 'Анна')
    await take(world)
    await ask('storyWorlds.pinEntry', { storyId: story.id, entryId: anna.id, pinned: true })
    await ask('storyWorlds.differ', { storyId: story.id, entryId: anna.id, changes: { voice: 'Тихо.' } })
    const copy = await ask('stories.duplicate', { id: story.id })
    expect(await ask('storyWorlds.get', { storyId: copy.id })).toMatchObject({
      worlds: [{ name: 'Берег' }],
      pinned: [{ name: 'Анна' }],
      differences: [{ path: 'voice', value: 'Тихо.' }],
    })
  })

  it('has its world again when that comes back from the bin, and a deleted one is not in the way', async () => {
    await add('lore', 'Прилив', { constant: true })
    await take(world)
    await ask('worlds.delete', { worldId: world.id })
    expect((await scene()).lore).toEqual([])
    await ask('bin.restore', { kind: 'world', id: world.id })
    expect((await scene()).lore.map(({ name }) => name)).toEqual(['Прилив'])

    await ask('worlds.delete', { worldId: world.id })
    await ask('stories.delete', { id: story.id })
    await ask('bin.delete', { kind: 'story', id: story.id })
    await app.core.startBackgroundWork()
    await ask('bin.restore', { kind: 'world', id: world.id })
    expect((await ask('worlds.list', {})).map(({ name, stories }) => [name, stories])).toEqual([['Берег', 0]])
  })
})

describe('the test of a world', () => {
  it('says what a text would wake, and what stays asleep and why', async () => {
    await add('lore', 'Прилив', { keys: ['прилив'], probability: 1, delay: 100 })
    await add('lore', 'Шторм', { keys: ['ветер'], secondaryKeys: ['ночь'] })
    await add('character', 'Анна')
    const found = await ask('worlds.test', { worldId: world.id, text: 'Анна ждала прилива, ветер стих.' })
    expect(found.lore.map(({ name }) => name)).toEqual(['Прилив'])
    expect(found.characters.map(({ name }) => name)).toEqual(['Анна'])
    expect(found.asleep.map(({ name, asleep }) => [name, asleep])).toEqual([['Шторм', 'secondary']])
  })

  it('says what is wrong with a pattern', async () => {
    expect(await ask('worlds.checkKey', { key: 'слово' })).toBeNull()
    expect(await ask('worlds.checkKey', { key: '/сл(о|а)во/i' })).toBeNull()
    expect(await ask('worlds.checkKey', { key: '/(?=x)/' })).toMatch(/invalid/)
  })
})

it('reads of a story that is there what its last passage says', async () => {
  await add('character', 'Анна')
  await take(world)
  await app.turn({ storyId: story.id, kind: 'send', text: 'Анна входит.' })
  expect((await lastPassage(app, story)).author).toBe('story')
  expect((await scene()).characters).toMatchObject([{ reason: { key: 'Анна' } }])
})
