import fc from 'fast-check'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import { addPassage, addStory, testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

let db: Db
let stores: Stores
let story: StoryId
beforeEach(() => {
  ;({ db, stores } = testStores())
  onTestFinished(() => void db.close())
  story = addStory(stores, 'Маяк и море')
})

const search = (text: string) => stores.stories.search(text, 50)
const found = (text: string) => search(text).map(({ messageId }) => messageId)
const change = (row: MessageRow, fields: Partial<MessageRow>) => stores.messages.update({ ...row, ...fields }, NOW)

/** Throws when the index and the tables do not say the same. */
const checkIndex = () => {
  db.exec("INSERT INTO messages_text (messages_text, rank) VALUES ('integrity-check', 1)")
  db.exec("INSERT INTO stories_text (stories_text, rank) VALUES ('integrity-check', 1)")
}

describe('the full-text index', () => {
  it('follows an edit that keeps most of the words', () => {
    const row = addPassage(stores, story, null, { text: 'The old lighthouse keeper slept.' })
    change(row, { text: 'The old lighthouse keeper woke.' })
    checkIndex()
    expect(found('lighthouse')).toEqual([row.id])
    expect(found('woke')).toEqual([row.id])
    expect(found('slept')).toEqual([])
  })

  it('takes a passage in when it is written, not before', () => {
    const row = addPassage(stores, story, null, { text: '', state: 'streaming' })
    stores.messages.append(row.id, 'The lamp ')
    stores.messages.append(row.id, 'went out.')
    checkIndex()
    expect(found('lamp')).toEqual([])
    change(row, { text: 'The lamp went out.', state: 'complete' })
    checkIndex()
    expect(found('lamp')).toEqual([row.id])
  })

  it('finds nothing in what is deleted, and finds it again when it is back', () => {
    const row = addPassage(stores, story, null, { text: 'A green door.' })
    change(row, { deleted: true })
    checkIndex()
    expect(found('green')).toEqual([])
    change(row, { deleted: false })
    checkIndex()
    expect(found('green')).toEqual([row.id])
    stores.stories.setDeleted(story, NOW)
    expect(found('green')).toEqual([])
    expect(found('Маяк')).toEqual([])
    stores.stories.setDeleted(story, null)
    expect(found('green')).toEqual([row.id])
  })

  it('is right after any order of edits, deletions and returns', () => {
    const texts = ['the old lighthouse', 'the old lamp', 'Маяк погас', '', 'aaaa aaaa', '🌊🌊🌊🌊']
    const rows = texts.map((text) => addPassage(stores, story, null, { text }))
    const step = fc.record({
      at: fc.nat(rows.length - 1),
      text: fc.constantFrom(...texts),
      deleted: fc.boolean(),
      state: fc.constantFrom('complete' as const, 'streaming' as const, 'stopped' as const),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        for (const { at, ...fields } of steps) {
          const row = rows[at]
          if (row) change(row, fields)
        }
        expect(checkIndex).not.toThrow()
      }),
      { numRuns: 60 }
    )
  })

  it('follows the title of a story', () => {
    const row = stores.stories.get(story)
    if (!row) throw new Error('no story')
    stores.stories.update({ ...row, title: 'Маяк и туман' })
    checkIndex()
    expect(search('туман')).toEqual([
      { storyId: story, storyTitle: 'Маяк и туман', messageId: null, snippet: 'Маяк и \u2068туман\u2069' },
    ])
    expect(search('море')).toEqual([])
  })
})

describe('the search', () => {
  it('finds a common word in the newest passages, and reads no index to its end for it', () => {
    const rows = stores.transaction(() =>
      Array.from({ length: 200 }, (_, index) => addPassage(stores, story, null, { text: `The lamp, night ${index}.` }))
    )
    expect(found('lamp')).toEqual(
      rows
        .slice(-50)
        .map(({ id }) => id)
        .toReversed()
    )
    const plan = db
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT m.id FROM messages_text JOIN messages m ON m.seq = messages_text.rowid
         WHERE messages_text MATCH '"lamp"' ORDER BY messages_text.rowid DESC LIMIT 50`
      )
      .all()
    expect(plan.map(({ detail }) => detail).join('; ')).not.toContain('TEMP B-TREE')
  })

  it('finds words in any case, in part, and in both alphabets', () => {
    const row = addPassage(stores, story, null, { text: 'Смотритель маяка зажёг ЛАМПУ. The Lamp was lit.' })
    for (const text of ['лампу', 'ЗАЖЁГ', 'мотрит', 'lamp', 'LAMP', 'маяка']) expect(found(text)).toEqual([row.id])
  })

  it('needs every word', () => {
    const row = addPassage(stores, story, null, { text: 'one lamp, two doors' })
    expect(found('doors lamp')).toEqual([row.id])
    expect(found('doors window')).toEqual([])
  })

  it('reads nothing that is typed as its own language', () => {
    const row = addPassage(stores, story, null, { text: 'He said "run" AND* (ran) NOT far: col^umn {x}' })
    for (const text of ['"run"', 'AND*', '(ran)', 'far:', 'col^umn', '{x}', '"run" AND*'])
      expect(found(text)).toEqual([row.id])
    for (const text of ['"', '""', '"""', 'run OR', 'NEAR(run ran)', 'text: run', '- run', '*', '^', "'", '\\'])
      expect(() => search(text)).not.toThrow()
  })

  it('never fails, whatever is typed', () => {
    addPassage(stores, story, null, { text: 'any text' })
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 40 }),
      fc
        .array(fc.constantFrom('"', '""', 'OR', 'NOT', '(', ')', '*', ':', '\0', 'any', '\ud83c'), { maxLength: 8 })
        .map((parts) => parts.join(' '))
    )
    const searching = () =>
      fc.assert(
        fc.property(anything, (text) => void search(text)),
        { numRuns: 300 }
      )
    expect(searching).not.toThrow()
  })

  it('takes a control character for a space', () => {
    const row = addPassage(stores, story, null, { text: 'the lighthouse keeper' })
    expect(found('light\0house')).toEqual([row.id])
    expect(found('lighthouse\0')).toEqual([row.id])
  })

  it('looks for words of one or two letters in titles', () => {
    expect(search('и').map(({ storyTitle }) => storyTitle)).toEqual(['Маяк и море'])
    expect(search('МО').map(({ storyTitle }) => storyTitle)).toEqual(['Маяк и море'])
    expect(search('x')).toEqual([])
    expect(search('  ')).toEqual([])
  })

  it('takes no notice of short words beside long ones', () => {
    const row = addPassage(stores, story, null, { text: 'Он вышел в туман' })
    expect(found('в туман')).toEqual([row.id])
  })

  it('finds emoji, alone by title and three in a row anywhere', () => {
    const other = addStory(stores, 'Sea 🌊')
    expect(search('🌊').map(({ storyId }) => storyId)).toEqual([other])
    const row = addPassage(stores, story, null, { text: 'waves 🌊🌊🌊 waves' })
    expect(found('🌊🌊🌊')).toEqual([row.id])
  })

  it('gives no more than asked for, titles first', () => {
    for (let count = 0; count < 5; count += 1) addPassage(stores, story, null, { text: `море ${count}` })
    const hits = stores.stories.search('море', 3)
    expect(hits).toHaveLength(3)
    expect(hits[0]?.messageId).toBeNull()
  })
})
