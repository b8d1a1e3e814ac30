import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { MessageId, type StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { addPassage, addStory, testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'
const LATER = '2026-01-02T03:04:06.000Z'

let db: Db
let stores: Stores
let story: StoryId
beforeEach(() => {
  ;({ db, stores } = testStores())
  onTestFinished(() => void db.close())
  story = addStory(stores)
})

/** A world that these stories take. */
const world = (name: string, ...takenBy: StoryId[]) => {
  db.prepare("INSERT INTO worlds VALUES (?, ?, '{}', '{}', ?, ?)").run(name, name, NOW, NOW)
  for (const id of takenBy) db.prepare('INSERT INTO story_worlds VALUES (?, ?, 0)').run(id, name)
}

describe('what the writer says of memory', () => {
  it('is kept for each story, the newest mark first, and goes with the passage', () => {
    const one = addPassage(stores, story, null, { text: 'One.' })
    const two = addPassage(stores, story, one.id, { text: 'Two.' })
    stores.memory.mark(story, one.id, 'pin', NOW)
    stores.memory.mark(story, two.id, 'ban', LATER)
    stores.memory.mark(addStory(stores, 'Another'), one.id, 'ban', LATER)
    const found = () => stores.memory.marks(story).map(({ mark, excerpt }) => [mark, excerpt])
    expect(found()).toEqual([
      ['ban', 'Two.'],
      ['pin', 'One.'],
    ])
    stores.memory.mark(story, one.id, null, LATER)
    stores.messages.update({ ...two, deleted: true }, LATER)
    expect(found()).toEqual([])
    stores.messages.update(two, LATER)
    expect(found()).toEqual([['ban', 'Two.']])
    stores.messages.remove(two.id)
    expect(found()).toEqual([])
  })

  it('cannot be said of a passage that is not there', () => {
    expect(() => stores.memory.mark(story, newId(MessageId), 'pin', NOW)).toThrow(/FOREIGN KEY/)
  })

  it('may be that the other stories of its worlds are remembered', () => {
    const [sister, stranger, deleted] = [addStory(stores, 'B'), addStory(stores, 'C'), addStory(stores, 'D')]
    world('shared', story, sister, deleted)
    world('also shared', story, sister)
    world('another', stranger)
    stores.stories.setDeleted(deleted, NOW)
    expect(stores.memory.scope(story)).toBe('story')
    stores.memory.setScope(story, 'world')
    expect(stores.memory.scope(story)).toBe('world')
    expect(stores.memory.scope(sister)).toBe('story')
    expect(stores.memory.sharing(story)).toEqual([sister])
    expect(stores.memory.sharing(stranger)).toEqual([])
  })
})
