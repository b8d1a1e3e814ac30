import { expect, it, onTestFinished } from 'vitest'
import type { RouteInput, RouteName } from '@contract/routes'
import { openDatabase } from '@main/data/database'
import { onUnreadable } from '@main/data/json-column'
import { databaseIn } from '@main/data/data-folder'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore } from '@test/helpers/test-core'
import { demoSettings, providerOf, storyWith } from '@test/helpers/test-story'

const MODELS = 1000
const NOW = '2026-01-02T03:04:05.000Z'

/** A value that nothing can read tells of each time somebody decodes it: so the rows that a route decodes are counted. */
const BROKEN = '{"version":999,"value":{"capabilities":["text"]}}'

it('no number, badge or list of other things decodes the catalogue', async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const first = await startTestCore({ dataDir: folder.path })
  const { id: ollama } = await providerOf(first, 'ollama')
  const story = await storyWith(first, await demoSettings(first))
  const server = await first.ask('servers.add', { name: 'Cellar', url: 'http://127.0.0.1:9' })
  await first.close()
  const db = openDatabase(databaseIn(folder.path))
  const add = db.prepare(
    `INSERT INTO models (id, provider_id, server_id, model, facts, available, first_seen, last_seen, enabled, source, edits, lessons)
     VALUES (?, '${ollama}', '${server.id}', ?, '${BROKEN}', 1, '${NOW}', '${NOW}', 1, 'synced', '{"version":1,"value":{}}', '{"version":1,"value":{}}')`
  )
  db.transaction(() => {
    for (let index = 0; index < MODELS; index += 1) add.run(`ollama/${server.id}/${index}`, `${index}`)
  })()
  db.close()

  const app = await startTestCore({ dataDir: folder.path, vaultKey: first.vaultKey })
  onTestFinished(() => app.close())
  let decoded = 0
  onTestFinished(onUnreadable(() => (decoded += 1)))
  const ask = async <Name extends RouteName>(route: Name, input: RouteInput<Name>) => {
    decoded = 0
    const answer = await app.ask(route, input)
    return { answer, decoded }
  }
  const numbers = await ask('models.counts', {})
  expect(numbers.answer).toContainEqual({ providerId: ollama, models: MODELS })
  const servers = await ask('servers.list', {})
  expect(servers.answer).toMatchObject([{ modelCount: MODELS, capabilities: ['text'] }])
  for (const { decoded: rows } of [
    numbers,
    servers,
    await ask('models.states', {}),
    await ask('providers.list', {}),
    await ask('tokens.list', {}),
    await ask('presets.list', {}),
    await ask('modelConfigs.list', {}),
    await ask('stories.list', {}),
    await ask('stories.count', {}),
    await ask('stories.cast', { id: story.id }),
    await ask('stories.context', { id: story.id }),
    await ask('bin.list', {}),
    await ask('usage.summary', { from: '2020-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z', by: 'day' }),
  ])
    expect(rows).toBe(0)
  // One row of a list is one row.
  expect((await ask('models.list', { ids: [`ollama/${server.id}/7`] })).decoded).toBe(1)
})
