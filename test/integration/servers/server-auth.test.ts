import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { NewServerAuth } from '@contract/entities/server'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import type { FakeOllamaAuth } from '@test/helpers/fake-ollama-auth'
import { jsonReply, redirectReply } from '@test/helpers/fake-server'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { newVaultKey, startTestCore } from '@test/helpers/test-core'
import { lastPassage, providerOf, storyWith } from '@test/helpers/test-story'

const PLANTED = 'planted-secret-5c1d8e'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})
const startFake = async (options: Parameters<typeof startFakeOllama>[0] = {}): Promise<FakeOllama> => {
  const fake = await startFakeOllama(options)
  open.push({ close: () => fake.stop() })
  return fake
}
const startCore = async (options: Parameters<typeof startTestCore>[0] = {}) => {
  const core = await startTestCore(options)
  open.push(core)
  return core
}

const kinds: [name: string, wants: FakeOllamaAuth, gives: NewServerAuth][] = [
  ['basic', { basic: { username: 'vera', password: PLANTED } }, { type: 'basic', username: 'vera', secret: PLANTED }],
  ['bearer', { bearer: PLANTED }, { type: 'bearer', secret: PLANTED }],
  [
    'an api key header',
    { header: 'X-Attic-Key', key: PLANTED },
    { type: 'header', header: 'X-Attic-Key', secret: PLANTED },
  ],
]

describe.each(kinds)('a server behind %s', (_name, wants, gives) => {
  it('is asked with its secret, also for stories, and after a restart', async () => {
    const fake = await startFake({ auth: wants })
    const folder = temporaryFolder()
    open.push({ close: () => Promise.resolve(folder.remove()) })
    const vaultKey = newVaultKey()
    const first = await startTestCore({ dataDir: folder.path, vaultKey })
    const server = await first.ask('servers.add', { name: 'Attic', url: fake.url, auth: gives })
    expect(JSON.stringify(server)).not.toContain(PLANTED)
    expect((await first.ask('servers.check', { id: server.id })).available).toBe(true)
    await first.close()

    const core = await startCore({ dataDir: folder.path, vaultKey })
    expect((await core.ask('servers.check', { id: server.id })).modelCount).toBe(2)
    const { id: providerId } = await providerOf(core, 'ollama')
    const story = await storyWith(core, { providerId, model: 'llama-test:8b' })
    const { outcome } = await core.turn({ storyId: story.id, kind: 'send', text: 'Begin.' })
    expect(outcome).toBe('complete')
    expect((await lastPassage(core, story)).text.length).toBeGreaterThan(20)
  })

  it('says whether a secret is missing or wrong', async () => {
    const fake = await startFake({ auth: wants })
    const core = await startCore()
    const { secret: _secret, ...without } = { secret: '', ...gives }
    const wrong = { ...gives, secret: `${PLANTED}-wrong` }
    const probe = async (auth: unknown) =>
      (await core.core.request('servers.probe', { url: fake.url, auth })) as unknown
    expect(await probe({ type: 'none' })).toMatchObject({ data: { verdict: 'needsAuth', version: null } })
    expect(await probe(without)).toMatchObject({ data: { verdict: 'needsAuth' } })
    expect(await probe(wrong)).toMatchObject({ data: { verdict: 'wrongAuth' } })
    expect(await probe(gives)).toMatchObject({ data: { verdict: 'ok', version: '0.12.0', models: 2, error: null } })
    expect(await core.ask('servers.list', {})).toEqual([])
  })

  it('keeps the secret out of files, logs, exports, errors and everything that the window is told', async () => {
    const fake = await startFake({ auth: { bearer: 'another' } })
    const folder = temporaryFolder()
    open.push({ close: () => Promise.resolve(folder.remove()) })
    const core = await startTestCore({ dataDir: folder.path })
    const told: unknown[] = []
    const ask = async (route: string, input: unknown) => told.push(await core.core.request(route, input))
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url, auth: gives })
    // The server answers with what it was sent: a careless one would put it before the user's eyes.
    await ask('servers.check', { id: server.id })
    await ask('servers.probe', { url: fake.url, auth: gives })
    await ask('servers.list', {})
    await ask('servers.activity', { id: server.id })
    await ask('jobs.start', { kind: 'pull', input: { serverId: server.id, model: 'llama-test:8b' } })
    await core.event('data.changed', ({ topics }) => topics.includes('jobs'))
    await ask('files.export', { what: 'configuration' })
    await ask('jobs.list', { kind: 'pull' })
    await core.close()
    const encoded = [
      PLANTED,
      Buffer.from(PLANTED).toString('base64'),
      Buffer.from(`vera:${PLANTED}`).toString('base64'),
    ]
    const said = JSON.stringify([told, core.events])
    for (const form of encoded) expect(said).not.toContain(form)
    for (const file of filesIn(folder.path))
      for (const form of encoded) expect([file, readFileSync(file).includes(form)]).toEqual([file, false])
  })
})

describe('the secret of a server', () => {
  it('goes to no other host, even when the server sends the request there', async () => {
    const thief = await startFake()
    const fake = await startFake()
    fake.alwaysAnswerAt('/api/version', redirectReply(`${thief.url}/api/version`))
    const core = await startCore()
    const auth = { type: 'bearer', secret: PLANTED } as const
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url, auth })
    expect(await core.refusal('servers.check', { id: server.id })).toMatchObject({
      code: 'provider_unreachable',
      details: { reason: 'redirect' },
    })
    expect(await core.ask('servers.probe', { url: fake.url, auth })).toMatchObject({ verdict: 'redirected' })
    expect(fake.requests.every(({ headers }) => headers['authorization'] === `Bearer ${PLANTED}`)).toBe(true)
    expect(thief.requests).toEqual([])
  })

  it('must be given again for a new address, and is not sent there', async () => {
    const fake = await startFake({ key: PLANTED })
    const other = await startFake()
    const core = await startCore()
    const server = await core.ask('servers.add', {
      name: 'Attic',
      url: fake.url,
      auth: { type: 'bearer', secret: PLANTED },
    })
    expect(server.needsSecret).toBe(false)
    const moved = await core.ask('servers.update', { id: server.id, patch: { url: other.url } })
    expect(moved).toMatchObject({ needsSecret: true, available: null })
    expect(await core.refusal('servers.check', { id: server.id })).toMatchObject({ code: 'server_needs_secret' })
    const probed = await core.ask('servers.probe', { url: other.url, auth: { type: 'bearer' }, id: server.id })
    expect(probed.verdict).toBe('ok')
    expect(other.requests.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([])
    const back = await core.ask('servers.update', { id: server.id, patch: { url: fake.url } })
    expect(back.needsSecret).toBe(false)
    expect((await core.ask('servers.check', { id: server.id })).available).toBe(true)
  })

  it('stays when only its name, limit or switch change, and goes when the kind of auth does', async () => {
    const fake = await startFake({ key: PLANTED })
    const core = await startCore()
    const { id } = await core.ask('servers.add', {
      name: 'Attic',
      url: fake.url,
      auth: { type: 'bearer', secret: PLANTED },
    })
    await core.ask('servers.update', { id, patch: { name: 'Cellar', auth: { type: 'bearer' }, maxConcurrent: 3 } })
    expect((await core.ask('servers.check', { id })).available).toBe(true)
    const changed = await core.ask('servers.update', { id, patch: { auth: { type: 'header', header: 'X-Key' } } })
    expect(changed.needsSecret).toBe(true)
    await core.ask('servers.update', { id, patch: { auth: { type: 'none' } } })
    expect(await core.refusal('servers.check', { id })).toMatchObject({ code: 'provider_unauthorized' })
  })
})

describe('a test of the connection', () => {
  it('says in a word what is the matter', async () => {
    const fake = await startFake()
    const core = await startCore()
    const verdictAt = async (url: string) => (await core.ask('servers.probe', { url, auth: { type: 'none' } })).verdict
    expect(await verdictAt(fake.url)).toBe('ok')
    expect(await verdictAt('http://no-such-host.invalid:11434')).toBe('unknownHost')
    fake.answerAt('/api/version', jsonReply({ hello: 'world' }))
    expect(await verdictAt(fake.url)).toBe('notOllama')
    fake.answerAt('/api/version', jsonReply({ error: 'out of order' }, 500))
    expect(await verdictAt(fake.url)).toBe('failed')
    // A port that no program may call: said as what it is, not as a fault of the program.
    expect(await verdictAt('http://127.0.0.1:9')).toBe('unreachable')
    const gone = await startFake()
    await gone.goDown()
    expect(await verdictAt(gone.url)).toBe('refused')
  })
})

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
