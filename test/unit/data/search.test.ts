import fc from 'fast-check'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import type { Reads } from '@main/workers/reads'
import { readsHere } from '@test/helpers/reads-here'
import { addPassage, addPassages, addStory, testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

let db: Db
let stores: Stores
let reads: Reads
let story: StoryId
beforeEach(() => {
  ;({ db, stores } = testStores())
  onTestFinished(() => void db.close())
  reads = readsHere(db)
  story = addStory(stores, 'Маяк и море')
})

const search = async (text: string) => {
  await reads.ask('stories.takeIn', { milliseconds: 20_000 })
  return reads.ask('stories.search', { text })
}
const found = async (text: string) =>
  (await search(text)).stories.flatMap(({ first }) => first.map(({ messageId }) => messageId))
const change = (row: MessageRow, fields: Partial<MessageRow>) => stores.messages.update({ ...row, ...fields }, NOW)

describe('what the search knows', () => {
  it('follows an edit that keeps most of the words', async () => {
    const row = addPassage(stores, story, null, { text: 'The old lighthouse keeper slept.' })
    expect(await found('slept')).toEqual([row.id])
    change(row, { text: 'The old lighthouse keeper woke.' })
    expect(await found('lighthouse')).toEqual([row.id])
    expect(await found('woke')).toEqual([row.id])
    expect(await found('slept')).toEqual([])
  })

  it('takes a passage in when it is written, not before', async () => {
    const row = addPassage(stores, story, null, { text: '', state: 'streaming' })
    stores.messages.append(row.id, 'The lamp ')
    stores.messages.append(row.id, 'went out.')
    expect(await found('lamp')).toEqual([])
    stores.messages.stopInterrupted()
    expect(await found('lamp')).toEqual([row.id])
  })

  it('is only what stories show: no deleted passage, no other alternative, no deleted story', async () => {
    const row = addPassage(stores, story, null, { text: 'A green door.' })
    change(row, { deleted: true })
    expect(await found('green')).toEqual([])
    change(row, { deleted: false })
    expect(await found('green')).toEqual([row.id])
    const other = addPassage(stores, story, null, { text: 'A red door.' })
    expect(await found('green')).toEqual([])
    expect(await found('door')).toEqual([other.id])
    stores.stories.setHead(story, row.id, NOW)
    expect(await found('door')).toEqual([row.id])
    stores.stories.setDeleted(story, NOW)
    expect(await search('green')).toMatchObject({ found: 0, places: 0 })
    expect(await search('Маяк')).toMatchObject({ found: 0 })
  })

  it('is right after any order of edits, and no number of a removed passage stays', async () => {
    const texts = ['the old lighthouse', 'the old lamp', 'Маяк погас', '', 'aaaa aaaa']
    const words = ['lighthouse', 'lamp', 'маяк', 'aaaa']
    const step = fc.record({ text: fc.constantFrom(...texts), remove: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), fc.boolean(), async (steps, between) => {
        const own = addStory(stores, 'Own')
        let row = addPassage(stores, own, null, { text: 'the first' })
        for (const { text, remove } of steps) {
          if (remove) {
            stores.stories.setHead(own, null, NOW)
            stores.messages.remove(row.id)
            row = addPassage(stores, own, null, { text })
          } else {
            change(row, { text })
            row = { ...row, text }
          }
          if (between) await search('lamp')
        }
        for (const word of words)
          expect(
            (await search(word)).stories.filter(({ storyId, places }) => storyId === own && places > 0)
          ).toHaveLength(row.text.toLowerCase().includes(word) ? 1 : 0)
      }),
      { numRuns: 30 }
    )
  })

  it('goes on where it was, and says how much is left', async () => {
    addPassages(stores, story, 300)
    stores.textChanges.removePart(0)
    const { waiting } = await reads.ask('stories.takeIn', { milliseconds: 0 })
    expect(waiting).toBeGreaterThan(0)
    expect(await reads.ask('stories.takeIn', { milliseconds: 20_000 })).toMatchObject({ waiting: 0 })
    expect(await search('passage')).toMatchObject({ places: 300, waiting: 0 })
  })
})

describe('the search', () => {
  it('finds every form of a word, in Russian and in English', async () => {
    const row = addPassage(stores, story, null, { text: 'Он ждал хозяйку. The keepers’ lamps were lit; ёлка.' })
    for (const text of ['хозяйка', 'хозяйкой', 'Keeper', "keeper's", 'lamp', 'елки', 'ждал'])
      expect([text, await found(text)]).toEqual([text, [row.id]])
  })

  it('finds words of one and two letters, and the beginning of the last word while it is typed', async () => {
    const row = addPassage(stores, story, null, { text: 'Я и он шли к маяку: ox, lighthouse' })
    for (const text of ['я', 'он', 'к', 'ox', 'lighth', 'мая', 'он к ма', 'он к маяк'])
      expect([text, await found(text)]).toEqual([text, text === 'он к ма' ? [] : [row.id]])
    // A space ends the word.
    expect(await found('lighth ')).toEqual([])
  })

  it('finds words in quotes as they follow each other', async () => {
    const row = addPassage(stores, story, null, { text: 'The old house by the lamp. A lamp in the house.' })
    expect(await found('"old house"')).toEqual([row.id])
    expect(await found('«old house» lamp')).toEqual([row.id])
    expect(await found('"house old"')).toEqual([])
    expect(await found('"the old hou')).toEqual([row.id])
  })

  it('needs every word, counts all places, and numbers them as the story shows them', async () => {
    const rows = addPassages(stores, story, 120)
    const other = addStory(stores, 'Passage to the sea')
    const line = addPassage(stores, other, null, { text: 'One passage, two doors.' })
    const answer = await search('passage')
    expect(answer).toMatchObject({ found: 2, places: 121, waiting: 0 })
    expect(answer.stories).toMatchObject([
      {
        storyId: other,
        title: '\u2068Passage\u2069 to the sea',
        places: 1,
        passages: 1,
        first: [{ messageId: line.id }],
      },
      { storyId: story, title: 'Маяк и море', places: 120, passages: 120 },
    ])
    expect(answer.stories[1]?.first.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(await found('doors window')).toEqual([])
    // Deleted ones are not counted, and the others close up.
    const [first] = rows
    if (!first) throw new Error('There are no passages')
    change(first, { deleted: true })
    const places = await reads.ask('stories.searchPlaces', { text: 'passage', storyId: story, first: 100, limit: 50 })
    expect(places.map(({ number }) => number)).toEqual(Array.from({ length: 19 }, (_, index) => 101 + index))
    expect(places.at(-1)).toMatchObject({ messageId: rows.at(-1)?.id, snippet: '\u2068Passage\u2069 119' })
  })

  it('shows the words in the middle of what stands around them', async () => {
    const far = 'word '.repeat(200)
    addPassage(stores, story, null, { text: `${far}\n\nthe lamp,\nlit ${far}` })
    const [place] = (await search('lamp')).stories.flatMap(({ first }) => first)
    expect(place?.snippet).toMatch(/^…(word ){14,16}the \u2068lamp\u2069, lit (word ){25,35}word…$/)
  })

  it('reads nothing that is typed as its own language', async () => {
    const row = addPassage(stores, story, null, { text: 'He said "run" AND* (ran) NOT far: col^umn {x}' })
    for (const text of ['"run"', 'AND*', '(ran)', 'far:', 'col^umn', '{x}', '"run" AND*'])
      expect(await found(text)).toEqual([row.id])
  })

  it('never fails, whatever is typed', async () => {
    addPassage(stores, story, null, { text: 'any text' })
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 40 }),
      fc
        .array(fc.constantFrom('"', '""', 'OR', 'NOT', '(', ')', '*', ':', '\0', 'any', '\ud83c'), { maxLength: 8 })
        .map((parts) => parts.join(' '))
    )
    const searching = fc.assert(
      fc.asyncProperty(anything, async (text) => void (await search(text))),
      { numRuns: 200 }
    )
    await expect(searching).resolves.toBeUndefined()
  })
})
