import { expect, it } from 'vitest'
import { MessageId, StoryId } from '@contract/ids'
import { migrate } from '@main/data/migrator'
import { createStores } from '@main/data/stores'
import { addPassage } from '@test/helpers/test-stores'
import { databaseBefore } from '@test/helpers/database-before'

const NOW = '2026-01-02T03:04:05.000Z'
const STORY = '01a00000-0000-7000-8000-000000000001'
const OLD = '01a00000-0000-7000-8000-000000000002'

it('each change of a passage has a higher number than all before in its story', () => {
  const db = databaseBefore('messages_revised')
  db.exec(`
    INSERT INTO presets VALUES ('p', 'P', '', 1, '{}', '${NOW}', '${NOW}');
    INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
      VALUES ('${STORY}', 'Fog', 'en', 'p', '', 0, '${NOW}', '${NOW}');
    INSERT INTO messages (id, story_id, author, text, state, edited, created_at)
      VALUES ('${OLD}', '${STORY}', 'story', 'Fog.', 'complete', 0, '${NOW}');
    UPDATE stories SET head_id = '${OLD}';
  `)
  migrate(db, () => null)
  const { messages, ...stores } = createStores(db)
  const revisionOf = db.prepare<[MessageId], number>('SELECT revision FROM messages WHERE id = ?').pluck()
  const old = MessageId.parse(OLD)
  expect(revisionOf.get(old)).toBe(0)

  let last = 0
  const changes = (id: MessageId, change: () => void) => {
    change()
    const revision = revisionOf.get(id) ?? 0
    expect(revision).toBeGreaterThan(last)
    last = revision
  }
  const row = messages.get(old)
  if (!row) throw new Error('The passage is gone')
  changes(old, () => messages.setText(old, { text: 'More fog.', edited: true, writtenAt: NOW }))
  changes(old, () => messages.update({ ...row, deleted: true }, NOW))
  changes(old, () => messages.update(row, NOW))
  const next = addPassage({ messages, ...stores }, StoryId.parse(STORY), old)
  changes(next.id, () => {})

  // What is being written changes four times a second, and counts when it is done.
  const streamed = addPassage({ messages, ...stores }, StoryId.parse(STORY), next.id, { state: 'streaming', text: '' })
  messages.append(streamed.id, 'Half.')
  expect(revisionOf.get(streamed.id)).toBe(0)
  changes(streamed.id, () => messages.update({ ...streamed, text: 'Half.', state: 'complete' }, NOW))

  // Saying the same again is no change.
  messages.setText(streamed.id, { text: 'Half.', edited: false, writtenAt: NOW })
  expect(revisionOf.get(streamed.id)).toBe(last)
})
