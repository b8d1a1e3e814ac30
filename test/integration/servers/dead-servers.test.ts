import { createServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { htmlReply, jsonReply, redirectReply, resetReply, stallReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { newVaultKey, startTestCore } from '@test/helpers/test-core'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

const startFake = async (...options: Parameters<typeof startFakeOllama>) => {
  const fake = await startFakeOllama(...options)
  open.push({ close: () => fake.stop() })
  return fake
}

/** Takes connections and never says a word. */
async function startSilent(): Promise<string> {
  const sockets = new Set<{ destroy(): void }>()
  const server = createServer((socket) => void sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

it('ten servers, eight of them dead in different ways: the live ones are there before the dead have timed out', async () => {
  const gate = createGate()
  const stalled = await startFake()
  const reset = await startFake()
  const html = await startFake()
  const broken = await startFake()
  const elsewhere = await startFake()
  const gone = await startFake()
  await gone.goDown()
  const dead = [
    ['stalls', stalled.url],
    ['says nothing', await startSilent()],
    ['hangs up', reset.url],
    ['is something else', html.url],
    ['is broken', broken.url],
    ['points elsewhere', elsewhere.url],
    ['refuses', gone.url],
    ['has no name', 'http://no-such-host.invalid:11434'],
  ] as const
  const live = [await startFake(), await startFake()]

  const folder = temporaryFolder()
  open.push({ close: () => Promise.resolve(folder.remove()) })
  const vaultKey = newVaultKey()
  const setup = await startTestCore({ dataDir: folder.path, vaultKey })
  for (const [name, url] of dead) await setup.ask('servers.add', { name, url })
  for (const [index, { url }] of live.entries()) await setup.ask('servers.add', { name: `live ${index}`, url })
  await setup.close()

  stalled.alwaysAnswerAt('/api/version', stallReply(gate))
  reset.alwaysAnswerAt('/api/version', resetReply())
  html.alwaysAnswerAt('/api/version', htmlReply(200))
  broken.alwaysAnswerAt('/api/version', jsonReply({ error: 'out of order' }, 500))
  elsewhere.alwaysAnswerAt('/api/version', redirectReply('http://127.0.0.1:1/'))

  const core = await startTestCore({ dataDir: folder.path, vaultKey, backgroundWork: false })
  open.push(core)
  // What the window asks for first is answered before anything was asked of any server.
  const first = await core.ask('servers.list', {})
  expect(first.map(({ available }) => available)).toEqual(Array.from({ length: 10 }, () => null))

  const background = core.core.startBackgroundWork()
  let finished = false
  void background.then(() => (finished = true))
  // Both live servers have told their models while the stalled one still waits at its gate.
  for (;;) {
    await core.event('data.changed', ({ topics }) => topics.includes('models'))
    const models = await core.ask('models.list', {})
    if (new Set(models.filter(({ serverId }) => serverId !== null).map(({ serverId }) => serverId)).size === 2) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(finished).toBe(false)

  await background
  const last = await core.ask('servers.list', {})
  expect(
    Object.fromEntries(last.map(({ name, available, problem }) => [name, available ? 'ok' : problem?.code]))
  ).toEqual({
    stalls: 'provider_timed_out',
    'says nothing': 'provider_timed_out',
    'hangs up': 'provider_unreachable',
    'is something else': 'server_not_ollama',
    'is broken': 'provider_server_failed',
    'points elsewhere': 'provider_unreachable',
    refuses: 'provider_unreachable',
    'has no name': 'provider_unreachable',
    'live 0': 'ok',
    'live 1': 'ok',
  })
  gate.open()
})
