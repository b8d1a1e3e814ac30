import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Server } from '@contract/entities/server'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { newVaultKey, startTestCore, type TestCore, type TestCoreOptions } from '@test/helpers/test-core'
import { presetWith, providerOf } from '@test/helpers/test-story'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

async function startCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const core = await startTestCore(options)
  open.push(core)
  return core
}

async function startFake(options: Parameters<typeof startFakeOllama>[0] = {}): Promise<FakeOllama> {
  const fake = await startFakeOllama(options)
  open.push({ close: () => fake.stop() })
  return fake
}

const namesOf = (servers: readonly Server[]) => servers.map(({ name }) => name)

describe('the list of servers', () => {
  it('keeps a server with all that is said of it, and finds its models', async () => {
    const fake = await startFake({ models: [{ name: 'seer:7b', capabilities: ['completion', 'vision'] }] })
    const core = await startCore()
    const added = await core.ask('servers.add', { name: 'Attic', url: `${fake.url}/`, maxConcurrent: 2 })
    expect(added).toMatchObject({ name: 'Attic', url: fake.url, available: null, isDefault: true, maxConcurrent: 2 })
    const checked = await core.ask('servers.check', { id: added.id })
    expect(checked).toMatchObject({
      available: true,
      problem: null,
      version: '0.12.0',
      modelCount: 1,
      capabilities: ['image', 'structured', 'text'],
    })
    const [model] = await core.ask('models.list', {}).then((all) => all.filter(({ serverId }) => serverId === added.id))
    expect(model).toMatchObject({
      model: 'seer:7b',
      quantization: 'Q4_K_M',
      contextLength: 131_072,
      file: { family: 'llama', parameters: '8.0B', embeddingLength: 4096, digest: 'f'.repeat(64) },
    })
  })

  it('takes the order that the user gives, and puts those not named behind', async () => {
    const core = await startCore()
    const ids = []
    for (const name of ['A', 'B', 'C'])
      ids.push((await core.ask('servers.add', { name, url: `http://127.0.0.1:1/${name}` })).id)
    const [, , last] = ids
    if (!last) throw new Error('There are three')
    expect(namesOf(await core.ask('servers.reorder', { ids: [last] }))).toEqual(['C', 'A', 'B'])
    expect((await core.ask('servers.list', {})).map(({ priority }) => priority)).toEqual([0, 1, 2])
    await core.ask('servers.setDefault', { id: last })
    expect((await core.ask('servers.list', {})).map(({ isDefault }) => isDefault)).toEqual([true, false, false])
  })

  it('refuses an address or a name that is there already, without regard to case or a slash', async () => {
    const core = await startCore()
    await core.ask('servers.add', { name: 'Attic', url: 'http://127.0.0.1:1' })
    expect(await core.refusal('servers.add', { name: 'Other', url: 'http://127.0.0.1:1/' })).toMatchObject({
      code: 'name_taken',
      details: { path: 'url' },
    })
    expect(await core.refusal('servers.add', { name: 'attic', url: 'http://127.0.0.1:2' })).toMatchObject({
      code: 'name_taken',
      details: { path: 'name' },
    })
  })

  it('does not delete a server while a preset uses it, and says which; then the next one is the default', async () => {
    const core = await startCore()
    const used = await core.ask('servers.add', { name: 'Used', url: 'http://127.0.0.1:1/a' })
    await core.ask('servers.add', { name: 'Spare', url: 'http://127.0.0.1:1/b' })
    const { id: providerId } = await providerOf(core, 'ollama')
    const preset = await presetWith(core, { providerId, model: 'llama-test:8b', serverId: used.id })
    expect(await core.refusal('servers.delete', { id: used.id })).toMatchObject({
      code: 'preset_in_use',
      details: { name: 'Used', users: [preset.name] },
    })
    await core.ask('presets.delete', { id: preset.id })
    await core.ask('servers.delete', { id: used.id })
    expect(await core.ask('servers.list', {})).toMatchObject([{ name: 'Spare', isDefault: true }])
  })
})

describe('OLLAMA_HOST', () => {
  it('is imported once: later starts keep to the database, whatever it says then', async () => {
    const folder = temporaryFolder()
    open.push({ close: () => Promise.resolve(folder.remove()) })
    const vaultKey = newVaultKey()
    const start = (host: string) =>
      startTestCore({ dataDir: folder.path, vaultKey, environment: { OLLAMA_HOST: host } })
    const first = await start('127.0.0.1:2')
    expect((await first.ask('servers.list', {})).map(({ url }) => url)).toEqual(['http://127.0.0.1:2'])
    await first.close()

    const second = await start('http://127.0.0.1:3')
    await second.ask('servers.discover', {})
    const [server] = await second.ask('servers.list', {})
    if (!server) throw new Error('The first import is gone')
    expect(await second.ask('servers.list', {})).toHaveLength(1)
    expect(server.url).toBe('http://127.0.0.1:2')
    await second.ask('servers.delete', { id: server.id })
    await second.close()

    const third = await start('127.0.0.1:2')
    expect(await third.ask('servers.list', {})).toEqual([])
    await third.close()
  })
})

describe('Ollama on this computer', () => {
  // Half a minute passes in these tests when they say so; requests have their real time beside that.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }))
  afterEach(() => void vi.useRealTimers())

  it('that starts after Fabula is there with its models within half a minute', async () => {
    const fake = await startFake()
    await fake.goDown()
    const core = await startCore({ environment: { FABULA_LOCAL_OLLAMA: fake.url } })
    expect(await core.ask('servers.list', {})).toEqual([])
    await fake.comeBack()
    await vi.advanceTimersByTimeAsync(16_000)
    await expect
      .poll(() => core.ask('servers.list', {}))
      .toMatchObject([{ url: fake.url, available: true, modelCount: 2, isDefault: true }])
  })

  it('that was away for long is seen within half a minute when it is back', async () => {
    const fake = await startFake()
    const core = await startCore({ environment: { FABULA_LOCAL_OLLAMA: fake.url } })
    await fake.goDown()
    await vi.advanceTimersByTimeAsync(31_000)
    const isThere = async () => (await core.ask('servers.list', {}))[0]?.available
    await expect.poll(isThere).toBe(false)
    // By now a server elsewhere would be asked every five minutes.
    for (let minute = 0; minute < 6; minute += 1) await vi.advanceTimersByTimeAsync(60_000)
    await fake.comeBack()
    await vi.advanceTimersByTimeAsync(16_000)
    await expect.poll(isThere).toBe(true)
  })

  it('is found by itself, and stays away once the user has deleted it', async () => {
    const fake = await startFake()
    const core = await startCore({ environment: { FABULA_LOCAL_OLLAMA: fake.url } })
    const [found] = await core.ask('servers.list', {})
    expect(found).toMatchObject({ url: fake.url, available: true, modelCount: 2, isDefault: true })
    if (!found) return
    await core.ask('servers.delete', { id: found.id })
    expect(await core.ask('servers.discover', {})).toEqual([])
  })
})
