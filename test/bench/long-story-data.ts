import { join } from 'node:path'
import Database from 'better-sqlite3'
import { MessageId, RoleId, type StoryId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { AppProcess } from '@test/helpers/app-process'
import { passageText } from '@test/helpers/long-story-app'

const NOW = '2026-01-02T03:04:05.000Z'
const MAIN = RoleId.parse('main')
/** Characters of each passage. */
const LENGTH = 4000
/** Tokens that the model takes. */
const WINDOW = 128_000

/**
 * Puts a story for a model at `url` into a new data folder, by the oldest of the projects that are to open it: a newer one
 * brings the folder up to date when it starts.
 */
export async function makeStoryOf(
  project: string,
  dataDir: string,
  { passages, url }: { passages: number; url: string }
): Promise<StoryId> {
  const app = await AppProcess.start({ dataDir, project })
  const provider = await app.rpc('providers.create', { name: 'Fake', baseUrl: url, keyRequired: false })
  const settings = { providerId: provider.id, model: 'fake-model' }
  await app.rpc('models.create', { ...settings, kind: 'chat', contextLength: WINDOW })
  const preset = await app.rpc('presets.create', {
    name: 'Quick',
    roles: { [MAIN]: { enabled: true, modelConfigId: null, settings } },
  })
  const story = await app.rpc('stories.create', { title: 'Long', language: 'en', presetId: preset.id })
  await app.rpc('preferences.set', { guideDone: true })
  await app.stop()
  insertPassages(join(dataDir, 'fabula.sqlite'), story.id, passages)
  return story.id
}

/** By plain SQL, in the columns that every version has; those that came later are filled as their migrations would. */
function insertPassages(file: string, storyId: StoryId, passages: number): void {
  const db = new Database(file)
  const known = new Set(
    db
      .prepare<[], { name: string }>('PRAGMA table_info(messages)')
      .all()
      .map(({ name }) => name)
  )
  const ids = Array.from({ length: passages }, () => newId(MessageId))
  db.transaction(() => {
    const insert = db.prepare(
      `INSERT INTO messages (id, story_id, parent_id, author, text, state, edited, created_at)
       VALUES (?, ?, ?, ?, ?, 'complete', 0, ?)`
    )
    for (const [place, id] of ids.entries())
      insert.run(id, storyId, ids[place - 1] ?? null, place % 2 ? 'story' : 'writer', passageText(place, LENGTH), NOW)
    if (known.has('depth')) {
      const place = db.prepare('UPDATE messages SET depth = ?, jump_id = ? WHERE id = ?')
      // The one before it at the depth that is left when the lowest set bit is cleared.
      for (const [depth, id] of ids.entries())
        place.run(depth, depth === 0 ? null : (ids[depth & (depth - 1)] ?? null), id)
    }
    db.prepare('UPDATE stories SET head_id = ? WHERE id = ?').run(ids.at(-1), storyId)
  })()
  db.close()
}
