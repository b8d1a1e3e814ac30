import { defaultFallback } from '@contract/entities/preset'
import { MessageId, PresetId, StoryId } from '@contract/ids'
import { openDatabase, type Db } from '@main/data/database'
import type { MessageRow } from '@main/data/message-store'
import { migrate } from '@main/data/migrator'
import { createStores, type Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'

const NOW = '2026-01-02T03:04:05.000Z'

/** Real stores on an empty database in memory. */
export function testStores(): { db: Db; stores: Stores } {
  const db = openDatabase(':memory:')
  migrate(db, () => null)
  return { db, stores: createStores(db) }
}

/** A story that is based on a preset of its own. */
export function addStory(stores: Stores, title = 'A story'): StoryId {
  const presetId = newId(PresetId)
  stores.presets.insert({
    id: presetId,
    name: `Preset ${presetId}`,
    description: '',
    isDefault: false,
    roles: {},
    fallback: defaultFallback,
    createdAt: NOW,
    updatedAt: NOW,
  })
  const id = newId(StoryId)
  stores.stories.insert({
    id,
    title,
    language: 'en',
    presetId,
    headId: null,
    draft: '',
    archived: false,
    deleted: false,
    createdAt: NOW,
    updatedAt: NOW,
  })
  return id
}

/** Adds a passage after another one, or at the beginning, and shows it. */
export function addPassage(
  stores: Stores,
  storyId: StoryId,
  parentId: MessageId | null,
  fields: Partial<MessageRow> = {}
): MessageRow {
  const row: MessageRow = {
    id: newId(MessageId),
    storyId,
    parentId,
    author: 'story',
    text: 'Once upon a time.',
    state: 'complete',
    writtenBy: null,
    edited: false,
    deleted: false,
    createdAt: NOW,
    ...fields,
  }
  stores.messages.insert(row)
  stores.stories.setHead(storyId, row.id, NOW)
  return row
}

/** A line of passages, one after the other; the first one first. */
export const addPassages = (stores: Stores, storyId: StoryId, count: number): MessageRow[] =>
  stores.transaction(() => {
    const rows: MessageRow[] = []
    for (let index = 0; index < count; index += 1)
      rows.push(
        addPassage(stores, storyId, rows.at(-1)?.id ?? null, {
          author: index % 2 === 0 ? 'writer' : 'story',
          text: `Passage ${index}`,
        })
      )
    return rows
  })
