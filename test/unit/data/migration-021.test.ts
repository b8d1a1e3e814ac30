import { expect, it } from 'vitest'
import { MessageId, StoryId } from '@contract/ids'
import { createExtraStore } from '@main/data/extra-store'
import { openDatabase } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { newId } from '@main/platform/ids'

const NOW = '2026-01-02T03:04:05.000Z'

it('lets stories and passages of the version before keep fields of other programs, which go with them', () => {
  const db = openDatabase(':memory:')
  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 20)
  )
  const [story, message] = [newId(StoryId), newId(MessageId)]
  db.prepare("INSERT INTO presets VALUES ('p', 'P', '', 1, '{}', '', '')").run()
  db.prepare(
    `INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
     VALUES (?, 'Night', 'en', 'p', '', 0, ?, ?)`
  ).run(story, NOW, NOW)
  db.prepare(
    `INSERT INTO messages (id, story_id, author, text, state, edited, created_at)
     VALUES (?, ?, 'story', 'Words', 'complete', 0, ?)`
  ).run(message, story, NOW)
  migrate(db, () => null, migrations)

  const extras = createExtraStore(db)
  expect([extras.ofStory(story), extras.ofMessage(message)]).toEqual([{}, {}])
  extras.setStory(story, { chat: { future: [1] } })
  extras.setMessage(message, { message: { vendor: 1 } })
  expect([extras.ofStory(story), extras.ofMessage(message)]).toEqual([
    { chat: { future: [1] } },
    { message: { vendor: 1 } },
  ])
  db.prepare('DELETE FROM messages').run()
  expect(extras.ofMessage(message)).toEqual({})
  db.close()
})
