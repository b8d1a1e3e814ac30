import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { databaseIn } from '@main/data/storage'
import { openDatabase } from '@main/data/database'
import { fill } from '@test/integration/files/configuration'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'

let folder: TemporaryFolder
let app: TestCore
beforeEach(async () => {
  folder = temporaryFolder()
  app = await startTestCore({ dataDir: folder.path })
})
afterEach(async () => {
  await app.close()
  folder.remove()
})

/** Every column that holds JSON with its version. */
const columns = [
  ['providers', 'headers'],
  ['providers', 'extra_body'],
  ['providers', 'limits'],
  ['model_configs', 'settings'],
  ['preset_roles', 'settings'],
  ['presets', 'fallback'],
  ['models', 'facts'],
  ['models', 'edits'],
  ['servers', 'auth'],
] as const

it.each(['{"version":999,"value":{}}', '{"ver', '{"version":1,"value":{"nobody":"knows"}}'])(
  'a value that cannot be read makes its own row poorer and no screen unreadable: %s',
  async (broken) => {
    const { gothic } = await fill(app)
    const story = await app.ask('stories.create', { language: 'en', title: 'Fog', presetId: gothic.id })
    await app.ask('servers.add', { name: 'Cellar', url: 'http://127.0.0.1:9' })
    const { vaultKey } = app
    await app.close()
    const db = openDatabase(databaseIn(folder.path))
    for (const [table, column] of columns)
      expect(db.prepare(`UPDATE ${table} SET ${column} = ?`).run(broken).changes).toBeGreaterThan(0)
    db.prepare("INSERT INTO story_overrides VALUES (?, 'main', 'retries', '{', '1')").run(story.id)
    db.close()

    app = await startTestCore({ dataDir: folder.path, vaultKey })
    expect(await app.ask('providers.list', {})).not.toEqual([])
    expect((await app.ask('modelConfigs.list', {})).map(({ name }) => name)).toEqual(['Fast', 'Vectors'])
    expect(await app.ask('presets.get', { id: gothic.id })).toMatchObject({ name: gothic.name })
    expect(await app.ask('servers.list', {})).toMatchObject([{ name: 'Cellar' }])
    expect((await app.ask('models.list', {})).every(({ model, name }) => model !== '' && name !== '')).toBe(true)
    expect(await app.ask('stories.get', { id: story.id })).toMatchObject({ title: 'Fog' })
    expect(await app.ask('stories.settings', { id: story.id })).toBeTruthy()
    await app.core.close()
    const logs = join(folder.path, 'logs')
    const log = readdirSync(logs)
      .map((name) => readFileSync(join(logs, name), 'utf8'))
      .join('')
    expect(log).toContain('A stored value cannot be read; its row does without')
    app = await startTestCore()
  }
)
