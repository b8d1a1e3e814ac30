import { afterEach, describe, expect, it } from 'vitest'
import { Pull, PULL } from '@contract/entities/pull'
import type { JobId, ServerId } from '@contract/ids'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { createGate } from '@test/helpers/gate'
import { ollamaReply } from '@test/helpers/ollama-reply'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { newVaultKey, startTestCore, type TestCore } from '@test/helpers/test-core'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

const startFake = async (options: Parameters<typeof startFakeOllama>[0]): Promise<FakeOllama> => {
  const fake = await startFakeOllama(options)
  open.push({ close: () => fake.stop() })
  return fake
}
const startCore = async (options: Parameters<typeof startTestCore>[0] = {}) => {
  const core = await startTestCore(options)
  open.push(core)
  return core
}
const pullsOf = async (core: TestCore) => (await core.ask('jobs.list', { kind: PULL })).map((job) => Pull.parse(job))
const download = (core: TestCore, serverId: ServerId, model: string, insecure = false) =>
  core.ask('jobs.start', { kind: PULL, input: { serverId, model, insecure } })
const stateOf = async (core: TestCore, id: JobId) => (await pullsOf(core)).find((pull) => pull.id === id)?.state

describe('a model that is pulled', () => {
  it('comes file by file with progress, and is in the list when it is there', async () => {
    const fake = await startFake({ models: [], library: [{ name: 'new:1b', layers: [4000, 200] }] })
    const core = await startCore()
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    const pull = await download(core, server.id, 'new:1b')
    await expect.poll(() => stateOf(core, pull.id)).toBe('done')
    const [done] = await pullsOf(core)
    expect(done?.progress.layers.map(({ total, completed }) => [total, completed])).toEqual([
      [4000, 4000],
      [200, 200],
    ])
    await expect.poll(async () => (await core.ask('models.list', {})).map(({ model }) => model)).toContain('new:1b')
    const told = core.events.flatMap((event) =>
      event.name === 'job.progress' ? [event.payload.progress['status']] : []
    )
    expect(told).toContain('pulling manifest')
  })

  it('is stopped by the user, and goes on from there', async () => {
    const gate = createGate()
    const fake = await startFake({ models: [], library: [{ name: 'new:1b', layers: [4000], gate }] })
    const core = await startCore()
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    const pull = await download(core, server.id, 'new:1b')
    await gate.reached
    // However fast it came there, the last progress before a pause is told.
    await core.event('job.progress', (job) => Pull.parse(job).progress.layers[0]?.completed === 2000)
    const [request] = fake.requestsTo('/api/pull')
    // A page that is opened late sees how far it is, and the stopped pull keeps that.
    const progress = { progress: { layers: [{ total: 4000, completed: 2000 }] } }
    await expect.poll(async () => (await pullsOf(core))[0]).toMatchObject(progress)
    expect(await core.ask('jobs.stop', { id: pull.id })).toMatchObject({ state: 'stopped', ...progress })
    await request?.ended
    expect(request?.closedEarly).toBe(true)
    gate.open()
    expect(await stateOf(core, pull.id)).toBe('stopped')
    expect(fake.modelNames()).toEqual([])
    await core.ask('jobs.resume', { id: pull.id })
    await expect.poll(() => stateOf(core, pull.id)).toBe('done')
    expect(fake.modelNames()).toEqual(['new:1b'])
  })

  it('that is stopped and resumed at once goes on', async () => {
    const gate = createGate()
    const fake = await startFake({ models: [], library: [{ name: 'new:1b', layers: [4000], gate }] })
    const core = await startCore()
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    const { id } = await download(core, server.id, 'new:1b')
    await gate.reached
    const both = [core.ask('jobs.stop', { id }), core.ask('jobs.resume', { id })]
    await Promise.all(both)
    await expect.poll(() => stateOf(core, id)).toBe('done')
    gate.open()
  })

  it('goes on by itself after a restart in the middle', async () => {
    const gate = createGate()
    const fake = await startFake({ models: [], library: [{ name: 'new:1b', layers: [4000, 100], gate }] })
    const folder = temporaryFolder()
    open.push({ close: () => Promise.resolve(folder.remove()) })
    const vaultKey = newVaultKey()
    const first = await startTestCore({ dataDir: folder.path, vaultKey })
    const server = await first.ask('servers.add', { name: 'Attic', url: fake.url })
    const running = await download(first, server.id, 'new:1b')
    await gate.reached
    const stopped = await download(first, server.id, 'other:1b')
    await first.ask('jobs.stop', { id: stopped.id })
    await first.close()
    gate.open()

    const second = await startCore({ dataDir: folder.path, vaultKey })
    await expect.poll(() => stateOf(second, running.id)).toBe('done')
    expect(await stateOf(second, stopped.id)).toBe('stopped')
    expect(fake.modelNames()).toEqual(['new:1b'])
  })

  it('waits for the one before it on the same server, and not for another server', async () => {
    const gate = createGate()
    const library = [
      { name: 'big:70b', layers: [4000], gate },
      { name: 'small:1b', layers: [10] },
    ]
    const busy = await startFake({ models: [], library })
    const idle = await startFake({ models: [], library: [{ name: 'small:1b', layers: [10] }] })
    const core = await startCore()
    const one = await core.ask('servers.add', { name: 'Busy', url: busy.url })
    const other = await core.ask('servers.add', { name: 'Idle', url: idle.url })
    const big = await download(core, one.id, 'big:70b')
    await gate.reached
    const behind = await download(core, one.id, 'small:1b')
    const beside = await download(core, other.id, 'small:1b')
    await expect.poll(() => stateOf(core, beside.id)).toBe('done')
    expect(await stateOf(core, behind.id)).toBe('waiting')
    gate.open()
    await expect.poll(() => stateOf(core, behind.id)).toBe('done')
    expect(await stateOf(core, big.id)).toBe('done')
  })

  it('of a name that the library does not know says so, and can be taken off the list', async () => {
    const fake = await startFake({ models: [] })
    const core = await startCore()
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    const pull = await download(core, server.id, 'no-such-model')
    await expect.poll(() => stateOf(core, pull.id)).toBe('failed')
    const [failed] = await pullsOf(core)
    expect(failed?.error).toMatchObject({ code: 'model_not_in_library', details: { model: 'no-such-model' } })
    await core.ask('jobs.remove', { id: pull.id })
    expect(await pullsOf(core)).toEqual([])
  })

  it('whose server goes away fails, and can be tried again', async () => {
    const fake = await startFake({ models: [], library: [{ name: 'new:1b', layers: [10] }] })
    fake.answerAt('/api/pull', ollamaReply.bytes(['{"status":"pulling manifest"}\n', { do: 'reset' }]))
    const core = await startCore()
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    const pull = await download(core, server.id, 'new:1b')
    await expect.poll(() => stateOf(core, pull.id)).toBe('failed')
    await core.ask('jobs.resume', { id: pull.id })
    await expect.poll(() => stateOf(core, pull.id)).toBe('done')
  })

  it('goes when its server is deleted, and lets go of it', async () => {
    const gate = createGate()
    const fake = await startFake({ models: [], library: [{ name: 'new:1b', layers: [4000], gate }] })
    const core = await startCore()
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    await download(core, server.id, 'new:1b')
    await gate.reached
    const [request] = fake.requestsTo('/api/pull')
    await core.ask('servers.delete', { id: server.id })
    await request?.ended
    expect(request?.closedEarly).toBe(true)
    expect(await pullsOf(core)).toEqual([])
    gate.open()
  })

  it('takes no name that cannot be one', async () => {
    const core = await startCore()
    const server = await core.ask('servers.add', { name: 'Attic', url: 'http://127.0.0.1:1' })
    for (const model of ['', 'two words', '../etc/passwd', 'a:b:c'])
      expect(
        await core.refusal('jobs.start', { kind: PULL, input: { serverId: server.id, model, insecure: false } })
      ).toMatchObject({ code: 'bad_input', details: { path: 'input.model' } })
  })
})

describe('a registry without TLS', () => {
  it('is asked by plain http only for the download that says so, and again when that one goes on', async () => {
    const fake = await startFake({ models: [], library: [{ name: 'models.lan:5000/me/new:1b', layers: [10] }] })
    fake.answerAt('/api/pull', ollamaReply.bytes(['{"status":"pulling manifest"}\n', { do: 'reset' }]))
    const core = await startCore()
    const server = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    const { id } = await download(core, server.id, 'models.lan:5000/me/new:1b', true)
    await expect.poll(() => stateOf(core, id)).toBe('failed')
    await core.ask('jobs.resume', { id })
    await expect.poll(() => stateOf(core, id)).toBe('done')
    await download(core, server.id, 'models.lan:5000/me/new:1b')
    await expect.poll(() => fake.requestsTo('/api/pull').length).toBe(3)
    const bodies = fake.requestsTo('/api/pull').map(({ body }) => body)
    expect(bodies.map((body) => Object(body)['insecure'] ?? 'not said')).toEqual([true, true, 'not said'])
  })
})

describe('a server', () => {
  it('shows what is in memory with its real context, tells of a model, and deletes it', async () => {
    const fake = await startFake({
      models: [{ name: 'here:8b', size: 800, loaded: true, loadedContext: 16_384 }, { name: 'there:8b' }],
    })
    const core = await startCore()
    const { id } = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    await core.ask('servers.check', { id })
    expect(await core.ask('servers.activity', { id })).toEqual({
      models: [
        { model: 'here:8b', size: 800, sizeVram: 400, contextLength: 16_384, expiresAt: '2026-01-01T00:05:00Z' },
      ],
      calls: { running: 0, waiting: 0 },
    })
    expect(await core.ask('servers.modelDetails', { id, model: 'here:8b' })).toMatchObject({
      template: '{{ .Prompt }}',
      license: 'A licence to write stories.',
      parameters: expect.stringContaining('temperature 0.7'),
      info: expect.arrayContaining([{ name: 'llama.context_length', value: '131072' }]),
    })
    await core.ask('servers.deleteModel', { id, model: 'here:8b' })
    expect(fake.modelNames()).toEqual(['there:8b'])
    const known = (await core.ask('models.list', {})).filter(({ serverId }) => serverId === id)
    expect(known.map(({ model, available }) => [model, available])).toEqual([
      ['here:8b', false],
      ['there:8b', true],
    ])
    expect(await core.refusal('servers.deleteModel', { id, model: 'here:8b' })).toMatchObject({
      code: 'model_not_found',
    })
  })

  it('of an old version tells less of what is in memory', async () => {
    const fake = await startFake({ old: true, models: [{ name: 'here:8b', loaded: true }] })
    const core = await startCore()
    const { id } = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    expect((await core.ask('servers.activity', { id })).models).toMatchObject([
      { model: 'here:8b', contextLength: null },
    ])
  })
})
