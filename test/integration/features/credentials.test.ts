import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Provider } from '@contract/entities/provider'
import { openDatabase } from '@main/data/database'
import { databaseIn } from '@main/data/data-folder'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { presetWith, storyWith } from '@test/helpers/test-story'

const SECRET = 'planted-header-secret-4711'
const OTHER = 'planted-body-secret-0815'

let folder: string
let app: TestCore
let fake: FakeOpenAi

beforeEach(async () => {
  const temporary = temporaryFolder()
  onTestFinished(temporary.remove)
  folder = temporary.path
  app = await startTestCore({ dataDir: folder })
  onTestFinished(() => app.close())
  fake = await startFakeOpenAi()
  onTestFinished(() => fake.stop())
})

const own = (): Promise<Provider> =>
  app.ask('providers.create', {
    name: 'Own',
    baseUrl: fake.url,
    keyRequired: false,
    headers: { X_Auth_Token: SECRET, 'X-Title': 'Fabula' },
    extraBody: { auth: { api_key: OTHER, user: 'me' }, prompt_cache_key: 'story' },
  })

async function write(provider: Provider) {
  const story = await storyWith(app, { providerId: provider.id, model: 'fake-model' })
  return app.turn({ storyId: story.id, kind: 'send', text: 'Go on.' })
}

/** Everything that lies in the data folder. */
const onDisk = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

describe('a header or a field that looks like a credential', () => {
  it('is sent, and stands nowhere in clear', async () => {
    const provider = await own()
    expect(provider.headers).toEqual({ X_Auth_Token: '••••4711', 'X-Title': 'Fabula' })
    expect(provider.extraBody).toEqual({ auth: { api_key: '••••0815', user: 'me' }, prompt_cache_key: 'story' })
    expect(await write(provider)).toMatchObject({ outcome: 'complete' })
    const [sent] = fake.requestsTo('/chat/completions')
    expect(sent?.headers).toMatchObject({ x_auth_token: SECRET, 'x-title': 'Fabula' })
    expect(sent?.body).toMatchObject({ auth: { api_key: OTHER, user: 'me' } })
    expect(onDisk()).not.toContain(SECRET)
    expect(onDisk()).not.toContain(OTHER)
    expect(JSON.stringify(app.events)).not.toContain(SECRET)
    const file = await app.ask('files.export', { what: 'configuration' })
    expect(file.text).not.toMatch(/planted|••••/)
  })

  it('stays as it is while its cover is given back, and goes when it is left out', async () => {
    const { id, headers, extraBody } = await own()
    const changed = { ...headers, 'X-Title': 'Other' }
    const after = await app.ask('providers.update', { id, patch: { headers: changed, extraBody } })
    await write(after)
    expect(fake.requestsTo('/chat/completions')[0]?.headers).toMatchObject({ x_auth_token: SECRET, 'x-title': 'Other' })
    const without = await app.ask('providers.update', { id, patch: { headers: {}, extraBody: {} } })
    await write(without)
    expect(fake.requestsTo('/chat/completions')[1]?.headers['x_auth_token']).toBeUndefined()
  })

  it('is for its address alone: at another one it must be given again', async () => {
    const { id } = await own()
    const other = await startFakeOpenAi()
    onTestFinished(() => other.stop())
    const moved = await app.ask('providers.update', { id, patch: { baseUrl: other.url } })
    expect(await write(moved)).toMatchObject({ error: { code: 'token_needs_key', details: { name: 'X_Auth_Token' } } })
    expect(other.requestsTo('/chat/completions')).toEqual([])
  })

  it('is refused as a cover that covers nothing', async () => {
    const { id } = await own()
    const after = await app.ask('providers.update', { id, patch: { headers: { 'X-Api-Token': '••••9999' } } })
    expect(after.headers).toEqual({})
  })
})

it('a custom parameter that looks like a credential is refused, and the error names it', async () => {
  const provider = await own()
  const settings = { providerId: provider.id, model: 'm', custom: { mirostat: 2, auth: { access_token: SECRET } } }
  expect(await app.refusal('modelConfigs.create', { name: 'Mine', kind: 'chat', settings })).toMatchObject({
    code: 'setting_is_key',
    details: { field: 'auth.access_token', path: 'settings.custom.auth.access_token' },
  })
})

it('what an earlier version stored in clear is moved to the vault, and goes out as before', async () => {
  const provider = await app.ask('providers.create', { name: 'Own', baseUrl: fake.url, keyRequired: false })
  const preset = await presetWith(app, { providerId: provider.id, model: 'fake-model', custom: { mirostat: 2 } })
  const story = await app.ask('stories.create', { language: 'en', presetId: preset.id })
  await app.ask('tokens.add', { providerId: provider.id, name: 'Key', secret: 'sk-makes-the-vault-1234' })
  await app.close()
  const db = openDatabase(databaseIn(folder))
  const json = (value: unknown) => JSON.stringify({ version: 1, value })
  db.prepare('UPDATE providers SET headers = ?, extra_body = ? WHERE id = ?').run(
    json({ 'api-key': SECRET, 'X-Broken': 'naïve' }),
    json({ user: 'me' }),
    provider.id
  )
  db.prepare(
    "UPDATE preset_roles SET settings = json_set(settings, '$.value.custom.api_token', ?) WHERE role = 'main'"
  ).run(OTHER)
  db.close()

  const again = await startTestCore({ dataDir: folder, vaultKey: app.vaultKey })
  onTestFinished(() => again.close())
  app = again
  const [after] = (await app.ask('providers.list', {})).filter(({ id }) => id === provider.id)
  expect(after).toMatchObject({ headers: { 'api-key': '••••4711' }, extraBody: { user: 'me', api_token: '••••0815' } })
  expect((await app.ask('presets.get', { id: preset.id })).roles).toMatchObject({
    main: { settings: { custom: { mirostat: 2 } } },
  })
  await app.turn({ storyId: story.id, kind: 'send', text: 'Go on.' })
  const [sent] = fake.requestsTo('/chat/completions')
  expect(sent?.headers).toMatchObject({ 'api-key': SECRET })
  expect(sent?.headers).not.toHaveProperty('x-broken')
  expect(sent?.body).toMatchObject({ mirostat: 2, api_token: OTHER, user: 'me' })
  await app.close()
  expect(onDisk()).not.toContain(SECRET)
  expect(onDisk()).not.toContain(OTHER)
})
