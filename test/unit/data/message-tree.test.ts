import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { RoleId, type StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import { addPassage, addPassages, addStory, testStores } from '@test/helpers/test-stores'

const MAIN = RoleId.parse('main')
const NOW = '2026-01-02T03:04:05.000Z'

let db: Db
let stores: Stores
let story: StoryId
beforeEach(() => {
  ;({ db, stores } = testStores())
  onTestFinished(() => void db.close())
  story = addStory(stores)
})

const remove = (row: MessageRow) => stores.messages.update({ ...row, deleted: true }, NOW)
const head = () => stores.stories.get(story)?.headId ?? null
const path = (limit = 100) =>
  stores.messages
    .pathFrom(head(), limit)
    .toReversed()
    .map(({ text }) => text)

describe('the passages of a story', () => {
  it('come back as they were put in', () => {
    const row = addPassage(stores, story, null, {
      text: 'Маяк 🌊 "quoted"\n\0end',
      state: 'cut',
      edited: true,
      writtenBy: {
        role: MAIN,
        provider: 'P',
        model: 'm',
        tokenName: null,
        inputTokens: 1,
        outputTokens: null,
        cost: 0.5,
        dropped: ['seed'],
      },
    })
    expect(stores.messages.get(row.id)).toEqual(row)
  })

  it('are read from the end, as many as asked for', () => {
    addPassages(stores, story, 5)
    expect(path(2)).toEqual(['Passage 3', 'Passage 4'])
    expect(path()).toHaveLength(5)
    expect(stores.messages.pathFrom(null, 10)).toEqual([])
  })

  it('close up around one that was deleted in the middle, which counts for no limit', () => {
    const rows = addPassages(stores, story, 4)
    for (const index of [1, 2]) remove(rows[index] ?? failed())
    expect(path()).toEqual(['Passage 0', 'Passage 3'])
    expect(path(2)).toEqual(['Passage 0', 'Passage 3'])
    stores.messages.update(rows[1] ?? failed(), NOW)
    expect(path()).toEqual(['Passage 0', 'Passage 1', 'Passage 3'])
  })

  it('have their alternatives in the order in which they were made, without deleted ones and other authors', () => {
    const line = addPassage(stores, story, null, { author: 'writer' })
    const [a, b, c] = ['a', 'b', 'c'].map((text) => addPassage(stores, story, line.id, { text }))
    addPassage(stores, story, line.id, { author: 'writer', text: 'a line at the same place' })
    if (!a || !b || !c) throw failed()
    expect(stores.messages.alternatives(b)).toEqual([a.id, b.id, c.id])
    remove(b)
    expect(stores.messages.alternatives(c)).toEqual([a.id, c.id])
  })

  it('have alternatives at the very beginning, in their own story only', () => {
    const a = addPassage(stores, story, null)
    const other = addStory(stores, 'Another')
    addPassage(stores, other, null)
    const b = addPassage(stores, story, null)
    expect(stores.messages.alternatives(a)).toEqual([a.id, b.id])
  })

  it('go on to the end of the newest branch, round what was deleted', () => {
    const root = addPassage(stores, story, null)
    const old = addPassage(stores, story, root.id)
    const fresh = addPassage(stores, story, root.id)
    const end = addPassage(stores, story, fresh.id)
    expect(stores.messages.leafOf(root.id)).toBe(end.id)
    remove(fresh)
    expect(stores.messages.leafOf(root.id)).toBe(old.id)
    remove(old)
    expect(stores.messages.leafOf(root.id)).toBe(end.id)
    expect(stores.messages.leafOf(end.id)).toBe(end.id)
  })

  it('are found quickly among ten thousand', () => {
    const rows = addPassages(stores, story, 10_000)
    expect(stores.messages.pathFrom(head(), 101)).toHaveLength(101)
    expect(stores.messages.pathFrom(head(), Number.MAX_SAFE_INTEGER)).toHaveLength(10_000)
    expect(stores.messages.leafOf(rows[0]?.id ?? failed())).toBe(rows.at(-1)?.id)
    expect(stores.stories.summaries()[0]?.excerpt).toBe('Passage 9999')
  })

  it('go with their story, however many they are', () => {
    addPassages(stores, story, 3000)
    stores.stories.setDeleted(story, '2020-01-01T00:00:00.000Z')
    while (stores.stories.removePartBefore(NOW)) expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([])
    expect(stores.stories.get(story)).toBeNull()
    expect(db.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(0)
  })
})

describe('what was being written when the app ended', () => {
  it('stays as stopped, with its words', () => {
    const row = addPassage(stores, story, null, { state: 'streaming', text: 'The door' })
    stores.messages.append(row.id, ' opened')
    stores.messages.stopInterrupted()
    expect(stores.messages.get(row.id)).toMatchObject({ state: 'stopped', text: 'The door opened' })
  })

  it('leaves no empty passage: the story ends with the line before it', () => {
    const line = addPassage(stores, story, null, { author: 'writer', text: 'I wait.' })
    addPassage(stores, story, line.id, { state: 'streaming', text: '' })
    stores.messages.stopInterrupted()
    expect(path()).toEqual(['I wait.'])
    expect(head()).toBe(line.id)
  })

  it('gives the place back to the alternative that was shown before', () => {
    const line = addPassage(stores, story, null, { author: 'writer', text: 'I wait.' })
    addPassage(stores, story, line.id, { text: 'first' })
    const second = addPassage(stores, story, line.id, { text: 'second' })
    addPassage(stores, story, line.id, { state: 'streaming', text: '' })
    stores.messages.stopInterrupted()
    expect(head()).toBe(second.id)
  })

  it('leaves an empty story where nothing stood before', () => {
    addPassage(stores, story, null, { state: 'streaming', text: '' })
    stores.messages.stopInterrupted()
    expect(head()).toBeNull()
    expect(path()).toEqual([])
  })
})

function failed(): never {
  throw new Error('The test made fewer passages than it needs')
}
