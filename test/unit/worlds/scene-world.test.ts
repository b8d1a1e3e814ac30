import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  CharacterFields,
  LoreFields,
  PlaceFields,
  type CharacterEntry,
  type PlaceEntry,
  type World,
} from '@contract/entities/world'
import { MessageId, WorldEntryId, type StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { historyUpTo, withLine } from '@main/prompts/history'
import { sceneWorld } from '@main/worlds/scene-world'
import { addPassage, addStory, testStores } from '@test/helpers/test-stores'
import { lore, world } from './lore-stage'

const NOW = '2026-01-02T03:04:05.000Z'

let db: Db
let stores: Stores
let story: StoryId
let own: World
beforeEach(() => {
  ;({ db, stores } = testStores())
  onTestFinished(() => void db.close())
  story = addStory(stores)
  own = world({ scanDepth: 2 })
  stores.worlds.insert(own)
  stores.storyWorlds.setWorlds(story, [own.id])
})

const frame = (name: string) => ({
  id: newId(WorldEntryId),
  worldId: own.id,
  name,
  enabled: true,
  extra: {},
  createdAt: NOW,
  updatedAt: NOW,
})
const addCharacter = (name: string, fields: Partial<CharacterFields> = {}): CharacterEntry => {
  const entry = { ...frame(name), kind: 'character' as const, fields: { ...CharacterFields.parse({}), ...fields } }
  stores.worlds.addEntry(entry)
  return entry
}
const addPlace = (name: string): PlaceEntry => {
  const entry = { ...frame(name), kind: 'place' as const, fields: PlaceFields.parse({}) }
  stores.worlds.addEntry(entry)
  return entry
}
const head = () => stores.stories.get(story)?.headId ?? null
const say = (text: string, author: 'writer' | 'story' = 'story') => addPassage(stores, story, head(), { text, author })
const scene = (end: MessageId | null = head(), attempt = 0) =>
  sceneWorld(stores, { storyId: story, passages: historyUpTo(stores, end), attempt })
const called = async (text: string): Promise<string[]> => {
  const passages = withLine(historyUpTo(stores, null), { id: newId(MessageId), text })
  const found = await sceneWorld(stores, { storyId: story, passages, attempt: 0 })
  return [...found.characters, ...found.places].map(({ entry }) => entry.name)
}

describe('a name', () => {
  it('is found in any form, by a part of it, and by another name', async () => {
    addCharacter('Captain Ahab', { aliases: ['the old man of the sea'] })
    addCharacter('Павел Громов')
    addPlace('Старый маяк')
    expect(await called('Ahab’s leg')).toEqual(['Captain Ahab'])
    expect(await called('They met the old man of the sea.')).toEqual(['Captain Ahab'])
    expect(await called('The Captain of another ship, the old one.')).toEqual([])
    expect(await called('Без Павла')).toEqual(['Павел Громов'])
    expect(await called('Говорили с Громовым у старого маяка.')).toEqual(['Павел Громов', 'Старый маяк'])
  })

  it('that is a common word, too, is told by its capital, unless the writer uses none', async () => {
    addCharacter('Роза')
    addCharacter('Will')
    expect(await called('Он подарил ей розу.')).toEqual([])
    expect(await called('Он ушёл с Розой.')).toEqual(['Роза'])
    expect(await called('He will go.')).toEqual([])
    expect(await called('сказать розе: привет')).toEqual(['Роза'])
  })

  it('is looked for in the last passages, the most present first', async () => {
    addCharacter('Анна')
    addCharacter('Олег')
    const held = addCharacter('Ира')
    stores.storyWorlds.useEntry(story, held.id, 'pinned')
    for (const text of ['Анна вошла.', 'Олег молчал.']) say(text)
    expect((await scene()).characters.map(({ entry }) => entry.name)).toEqual(['Ира', 'Олег', 'Анна'])
    say('Дождь.')
    expect((await scene()).characters.map(({ entry }) => entry.name)).toEqual(['Ира', 'Олег'])
  })
})

describe('lore that stays awake', () => {
  it('follows the path of the story: another branch does not know of it', async () => {
    const bell = lore(own, 'Bell', { keys: ['bell'], sticky: 4, cooldown: 3, scanDepth: 1 })
    stores.worlds.addEntry(bell)
    const line = say('The bell rings.', 'writer')
    expect((await scene()).lore).toMatchObject([{ isFresh: true }])
    const first = say('It rang.')
    stores.storyWorlds.noteWoken(first.id, [bell.id])
    say('Nothing.', 'writer')
    expect((await scene()).lore[0]?.reason).toEqual({ type: 'sticky', left: 2 })
    stores.stories.setHead(story, line.id, NOW)
    const other = say('Silence instead.')
    say('Nothing.', 'writer')
    expect((await scene()).lore).toEqual([])
    // The passage that it woke with is deleted: as if it had never woken.
    stores.stories.setHead(story, other.id, NOW)
    stores.storyWorlds.noteWoken(other.id, [bell.id])
    expect((await scene()).lore).toHaveLength(1)
    db.prepare("UPDATE messages SET deleted_at = '2026' WHERE id = ?").run(other.id)
    say('Nothing more.', 'writer')
    expect((await scene()).lore).toEqual([])
  })
})

describe('dice', () => {
  it('fall alike for the same passages, also before the line is there, and anew for another attempt', async () => {
    for (let index = 0; index < 64; index += 1)
      stores.worlds.addEntry(lore(own, `${index}`, { constant: true, probability: 50 }))
    const before = say('Once.')
    const told = ({ lore: all }: Awaited<ReturnType<typeof scene>>) => all.map(({ entry }) => entry.name)
    const planned = await sceneWorld(stores, {
      storyId: story,
      passages: withLine(historyUpTo(stores, before.id), { id: newId(MessageId), text: 'Go.' }),
      attempt: 0,
    })
    say('Go.', 'writer')
    expect(told(await scene())).toEqual(told(planned))
    expect(told(planned).length).toBeGreaterThan(10)
    expect(told(await scene(head(), 1))).not.toEqual(told(planned))
  })
})

it('finds the scene of a world with two thousand entries in a moment', async () => {
  stores.transaction(() => {
    for (let index = 0; index < 2000; index += 1)
      stores.worlds.addEntry(
        lore(own, `Entry ${index}`, {
          ...LoreFields.parse({ content: `About key${index + 1}. `.repeat(20) }),
          keys: [`key${index}`, `word${index}`, `слово${index}`],
        })
      )
  })
  say('Анна ждала прилива у старого маяка. '.repeat(200))
  await scene()
  say(`${'It was a quiet night at the shore. '.repeat(200)} key7`, 'writer')
  const began = performance.now()
  expect((await scene()).lore.map(({ entry }) => entry.name)).toEqual(
    ['Entry 10', 'Entry 7', 'Entry 8', 'Entry 9'].toSorted((a, b) => Number(a.slice(6)) - Number(b.slice(6)))
  )
  expect(performance.now() - began).toBeLessThan(1500)
})
