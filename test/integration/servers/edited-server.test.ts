import { afterEach, describe, expect, it } from 'vitest'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { jsonReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { startTestCore, type TestCore } from '@test/helpers/test-core'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

const startFake = async (options: Parameters<typeof startFakeOllama>[0] = {}): Promise<FakeOllama> => {
  const fake = await startFakeOllama(options)
  open.push({ close: () => fake.stop() })
  return fake
}
const startCore = async () => {
  const core = await startTestCore()
  open.push(core)
  return core
}
const modelsAt = async (core: TestCore) =>
  (await core.ask('models.list', {})).flatMap(({ serverId, available, model }) =>
    serverId !== null && available ? [model] : []
  )

describe('a server whose address is edited while it is checked', () => {
  it('gets neither the verdict nor the models of the old address, which answers too late', async () => {
    const [version, tags] = [createGate(), createGate()]
    const old = await startFake({ models: [{ name: 'old:8b' }] })
    const now = await startFake({ version: '0.33.0', models: [{ name: 'new:8b' }] })
    for (const [path, gate, body] of [
      ['/api/version', version, { version: '0.1.0' }],
      ['/api/tags', tags, { models: [{ name: 'old:8b', model: 'old:8b' }] }],
    ] as const) {
      const core = await startCore()
      const { id } = await core.ask('servers.add', { name: 'Attic', url: old.url })
      old.answerAt(path, { ...jsonReply(body), steps: [{ wait: gate }, ...jsonReply(body).steps] })
      const checked = core.ask('servers.check', { id })
      await gate.reached
      await core.ask('servers.update', { id, patch: { url: now.url } })
      gate.open()
      // Who asked before the edit learns how the server stands that is there by now.
      expect(await checked).toMatchObject({ url: now.url, available: true, version: '0.33.0' })
      expect(await core.ask('servers.list', {})).toMatchObject([{ version: '0.33.0', modelCount: 1 }])
      expect(await modelsAt(core)).toEqual(['new:8b'])
    }
  })

  it('is not down because nothing listened at the old address', async () => {
    const gate = createGate()
    const old = await startFake()
    const now = await startFake()
    const core = await startCore()
    const { id } = await core.ask('servers.add', { name: 'Attic', url: old.url })
    old.answerAt('/api/version', { status: 500, headers: {}, steps: [{ wait: gate }] })
    const checked = core.ask('servers.check', { id })
    await gate.reached
    await core.ask('servers.update', { id, patch: { url: now.url } })
    await expect.poll(async () => (await core.ask('servers.list', {}))[0]?.available).toBe(true)
    gate.open()
    expect(await checked).toMatchObject({ available: true, problem: null })
    expect(await core.ask('servers.list', {})).toMatchObject([{ available: true, problem: null }])
  })

  it('and one that is deleted meanwhile leaves nothing behind', async () => {
    const gate = createGate()
    const fake = await startFake({ models: [{ name: 'old:8b' }] })
    const core = await startCore()
    const { id } = await core.ask('servers.add', { name: 'Attic', url: fake.url })
    const body = jsonReply({ models: [{ name: 'old:8b', model: 'old:8b' }] })
    fake.answerAt('/api/tags', { ...body, steps: [{ wait: gate }, ...body.steps] })
    const checked = core.refusal('servers.check', { id })
    await gate.reached
    await core.ask('servers.delete', { id })
    gate.open()
    expect((await checked).code).toBe('not_found')
    expect(await modelsAt(core)).toEqual([])
  })
})

it('a server that comes back while it is asked is asked anew by a check that came later', async () => {
  const gate = createGate()
  const fake = await startFake()
  const core = await startCore()
  const { id } = await core.ask('servers.add', { name: 'Attic', url: fake.url })
  fake.answerAt('/api/version', { status: 503, headers: {}, steps: [{ wait: gate }] })
  const before = core.refusal('servers.check', { id })
  await gate.reached
  const later = [core.ask('servers.check', { id }), core.ask('servers.check', { id })]
  gate.open()
  expect((await before).code).toBe('provider_overloaded')
  expect(await Promise.all(later)).toMatchObject([{ available: true }, { available: true }])
  expect(fake.requestsTo('/api/version')).toHaveLength(2)
})
