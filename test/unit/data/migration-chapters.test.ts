import { expect, it } from 'vitest'
import { MessageId, StoryId } from '@contract/ids'
import { createChapterStore } from '@main/data/chapter-store'
import { sql as chapters } from '@main/data/migrations/023-chapters'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { newId } from '@main/platform/ids'
import { databaseBefore } from '@test/helpers/database-before'

const NOW = '2026-01-02T03:04:05.000Z'

it('lets a chapter end with a passage of the version before, and the mark goes with it', () => {
  const db = databaseBefore(chapters)
  const [story, message] = [newId(StoryId), newId(MessageId)]
  db.prepare("INSERT INTO presets VALUES ('p', 'P', '', 1, '{}', '', '')").run()
  db.prepare(
    `INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
     VALUES (?, 'Night', 'en', 'p', '', 0, ?, ?)`
  ).run(story, NOW, NOW)
  db.prepare(
    `INSERT INTO messages (id, story_id, author, text, state, edited, created_at, depth)
     VALUES (?, ?, 'story', 'Words', 'complete', 0, ?, 0)`
  ).run(message, story, NOW)
  migrate(db, () => null, migrations)

  const store = createChapterStore(db)
  expect([...store.names([message])]).toEqual([])
  store.set(message, story, 'Переправа')
  expect([...store.names([message])]).toEqual([[message, 'Переправа']])
  expect(store.onPath(story, message)).toEqual([{ name: 'Переправа', last: 0 }])
  db.prepare('UPDATE messages SET deleted_at = ?').run(NOW)
  expect(store.onPath(story, message)).toEqual([])
  db.prepare('DELETE FROM messages').run()
  expect([...store.names([message])]).toEqual([])
})
