import { afterEach, describe, expect, it } from 'vitest'
import type { Server } from '@contract/entities/server'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { createGate } from '@test/helpers/gate'
import { ollamaReply } from '@test/helpers/ollama-reply'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { presetWith, providerOf } from '@test/helpers/test-story'

const MODEL = 'llama-test:8b'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

interface Scene {
  core: TestCore
  first: FakeOllama
  second: FakeOllama
  servers: [Server, Server]
  /** Starts a turn in a story of its own; resolves with its end. */
  call: () => Promise<{ ended: ReturnType<TestCore['turn']>; stop: () => Promise<unknown> }>
}

/** Two servers that hold the same model; the first one comes first. */
async function scene(limits: [number | null, number | null]): Promise<Scene> {
  const fakes: FakeOllama[] = []
  const core = await startTestCore()
  open.push(core)
  const servers: Server[] = []
  for (const [index, maxConcurrent] of limits.entries()) {
    const fake = await startFakeOllama()
    open.push({ close: () => fake.stop() })
    fakes.push(fake)
    const { id } = await core.ask('servers.add', { name: `Server ${index}`, url: fake.url, maxConcurrent })
    servers.push(await core.ask('servers.check', { id }))
  }
  const { id: providerId } = await providerOf(core, 'ollama')
  const preset = await presetWith(core, { providerId, model: MODEL })
  const [first, second] = fakes
  const [one, other] = servers
  if (!first || !second || !one || !other) throw new Error('There are two servers')
  return {
    core,
    first,
    second,
    servers: [one, other],
    call: async () => {
      const story = await core.ask('stories.create', { language: 'en', presetId: preset.id })
      const ended = core.turn({ storyId: story.id, kind: 'send', text: 'Begin.' })
      return { ended, stop: () => core.ask('turns.stop', { storyId: story.id }) }
    },
  }
}

const held = () => {
  const gate = createGate()
  return { gate, reply: ollamaReply.stream(['Once upon', gate, ' a time there was a keeper.']) }
}

describe('two servers with the same model', () => {
  it('the first by priority takes calls as long as it has room, the next one then, and the rest wait in order', async () => {
    const { core, first, second, servers, call } = await scene([1, 1])
    const one = held()
    const two = held()
    first.answerWith(one.reply)
    second.answerWith(two.reply)

    const a = await call()
    await one.gate.reached
    const b = await call()
    await two.gate.reached
    const c = await call()
    const d = await call()
    expect([first.chats().length, second.chats().length]).toEqual([1, 1])
    const activity = async (server: Server) => (await core.ask('servers.activity', { id: server.id })).calls
    await expect.poll(() => activity(servers[0])).toEqual({ running: 1, waiting: 2 })

    // The second server comes free first, so the call that waits longest goes there; then the last one after it.
    two.gate.open()
    expect((await b.ended).outcome).toBe('complete')
    expect((await c.ended).outcome).toBe('complete')
    expect((await d.ended).outcome).toBe('complete')
    expect([first.chats().length, second.chats().length]).toEqual([1, 3])
    one.gate.open()
    expect((await a.ended).outcome).toBe('complete')
    expect(await activity(servers[0])).toEqual({ running: 0, waiting: 0 })
  })

  it('without limits all calls go to the first, until the order is turned around', async () => {
    const { core, first, second, servers, call } = await scene([null, null])
    const ends = await Promise.all([call(), call(), call()])
    await Promise.all(ends.map(({ ended }) => ended))
    expect([first.chats().length, second.chats().length]).toEqual([3, 0])
    await core.ask('servers.reorder', { ids: [servers[1].id, servers[0].id] })
    await (
      await call()
    ).ended
    expect([first.chats().length, second.chats().length]).toEqual([3, 1])
  })

  it('a server that is gone gives way to the other in the middle of things, and is known to be gone', async () => {
    const { core, first, second, servers, call } = await scene([null, null])
    await first.goDown()
    expect((await (await call()).ended).outcome).toBe('complete')
    expect(second.chats()).toHaveLength(1)
    const [lost] = (await core.ask('servers.list', {})).filter(({ id }) => id === servers[0].id)
    expect(lost).toMatchObject({ available: false, problem: { code: 'provider_unreachable' } })

    await first.comeBack()
    await core.ask('servers.check', { id: servers[0].id })
    await (
      await call()
    ).ended
    expect(first.chats()).toHaveLength(1)
  })

  it('vectors come from the other one, too', async () => {
    const { core, first, second } = await scene([null, null])
    await first.goDown()
    const { id: providerId } = await providerOf(core, 'ollama')
    const settings = { providerId, model: 'embed-test:latest' }
    expect(await core.ask('embeddings.test', { settings, texts: ['sea', 'lamp'] })).toMatchObject({ dimensions: 8 })
    expect(second.requestsTo('/api/embed')).toHaveLength(1)
  })

  it('a call that waits can be stopped, and leaves its place to the next', async () => {
    const { core, first, servers, call } = await scene([1, 1])
    await core.ask('servers.update', { id: servers[1].id, patch: { active: false } })
    const one = held()
    first.answerWith(one.reply)
    const a = await call()
    await one.gate.reached
    const b = await call()
    const c = await call()
    await b.stop()
    expect((await b.ended).outcome).toBe('stopped')
    one.gate.open()
    expect((await a.ended).outcome).toBe('complete')
    expect((await c.ended).outcome).toBe('complete')
    expect(first.chats()).toHaveLength(2)
  })

  it('a call that waits goes on when a server is switched on', async () => {
    const { core, first, second, servers, call } = await scene([1, 1])
    await core.ask('servers.update', { id: servers[1].id, patch: { maxConcurrent: 1 } })
    const one = held()
    const two = held()
    first.answerWith(one.reply)
    second.answerWith(two.reply)
    const a = await call()
    await one.gate.reached
    const b = await call()
    await two.gate.reached
    const c = await call()
    await core.ask('servers.update', { id: servers[1].id, patch: { maxConcurrent: 2 } })
    expect((await c.ended).outcome).toBe('complete')
    expect(second.chats()).toHaveLength(2)
    one.gate.open()
    two.gate.open()
    await Promise.all([a.ended, b.ended])
  })
})

describe('a server that a preset names', () => {
  it('is not replaced by another one while it is switched off: the writer is told', async () => {
    const { core, second, servers } = await scene([null, null])
    const { id: providerId } = await providerOf(core, 'ollama')
    const preset = await presetWith(core, { providerId, model: MODEL, serverId: servers[0].id })
    await core.ask('servers.update', { id: servers[0].id, patch: { active: false } })
    const story = await core.ask('stories.create', { language: 'en', presetId: preset.id })
    expect(await core.refusal('turns.start', { storyId: story.id, kind: 'send', text: 'Begin.' })).toMatchObject({
      code: 'server_inactive',
      details: { name: 'Server 0' },
    })
    expect(second.chats()).toEqual([])
  })
})
