import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import type { ChainName } from '@contract/entities/preset'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { startRawServer, whole, type RawServer } from '@test/helpers/raw-server'
import { startUntrustedServer } from '@test/helpers/self-signed'
import { speeches, type ProtocolId } from '@test/helpers/speech'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, passagesOf, providerOf, storyWith } from '@test/helpers/test-story'
import { useSmallLimits } from '@test/helpers/small-limits'
import type { Fault } from './fault'
import { faults } from './fault-table'

const chains: readonly ChainName[] = ['errors', 'contextOverflow', 'refusals']

let app: TestCore
/** The provider of the fallbacks, which always works. */
let backup: FakeOpenAi
let configs: Record<string, string>
let server: RawServer

/** Where the faulty provider is. */
async function addressOf({ answer }: Fault, protocol: ProtocolId): Promise<string> {
  if (answer === 'unknown-host') return 'http://models.invalid'
  if (answer === 'untrusted') {
    const untrusted = await startUntrustedServer()
    onTestFinished(untrusted.stop)
    return new URL(untrusted.url).origin
  }
  if (answer === 'refused') {
    const gone = await startRawServer()
    await gone.stop()
    return gone.origin
  }
  for (const path of ['/chat/completions', '/messages', '/api/chat']) server.answerAt(path, answer(speeches[protocol]))
  return server.origin
}

/** The same for all: what is taken out of every text that is kept is looked for anew with each key that Fabula learns. */
const SECRETS = ['sk-one-0123456789', 'sk-two-0123456789']

let count = 0

/** A provider of the protocol at an address, with two keys that were never used; Ollama takes none. */
async function providerAt(protocol: ProtocolId, origin: string): Promise<ModelSettings> {
  count += 1
  if (protocol === 'openai-chat') return fakeProvider(app, `${origin}/v1`, { name: `Faulty ${count}`, keys: SECRETS })
  const { id: providerId } = await providerOf(app, protocol)
  if (protocol === 'ollama') {
    const known = (await app.ask('servers.list', {})).find(({ url }) => url === origin)
    const { id: serverId } = known ?? (await app.ask('servers.add', { name: `Faulty ${count}`, url: origin }))
    return { providerId, serverId, model: 'fake-model' }
  }
  await app.ask('providers.update', { id: providerId, patch: { baseUrl: `${origin}/v1` } })
  const used = (await app.ask('tokens.list', {})).filter((token) => token.providerId === providerId)
  for (const { id } of used) await app.ask('tokens.delete', { id })
  const tokenIds = []
  for (const [index, secret] of SECRETS.entries()) {
    const { id } = await app.ask('tokens.add', { providerId, name: `Key ${index + 1}`, secret })
    tokenIds.push(id)
  }
  return { providerId, model: 'fake-model', tokenIds }
}

/** A story with the faulty provider, and the chains or none; then its first turn. */
async function write(fault: Fault, protocol: ProtocolId, origin: string, withChains: boolean) {
  const provider = await providerAt(protocol, origin)
  const story = await storyWith(app, { ...provider, ...(fault.timeouts ? { timeouts: fault.timeouts } : {}) })
  if (withChains) {
    const { fallback } = await app.ask('presets.get', { id: story.presetId })
    const chainOf = Object.fromEntries(chains.map((chain) => [chain, [configs[chain]]]))
    const patch = { fallback: { ...fallback, allowPaid: true, chains: { ...fallback.chains, ...chainOf } } }
    await app.ask('presets.update', { id: story.presetId, patch })
  }
  const { turnId, outcome, error } = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
  const tokens = await app.ask('tokens.list', {})
  const passage = (await passagesOf(app, story)).find(({ author }) => author === 'story')
  return {
    outcome,
    error: error && { code: error.code, retryable: error.retryable },
    states: (provider.tokenIds ?? []).map((id) => tokens.find((token) => token.id === id)?.state),
    calls: (await app.ask('usage.ofTurn', { turnId })).map(({ model, tokenName, attempt, errorCode, status }) => ({
      attempt,
      model,
      key: tokenName?.slice(0, 5) ?? null,
      errorCode,
      status,
    })),
    text: passage?.text ?? null,
    writtenBy: passage?.writtenBy?.model ?? null,
  }
}

/**
 * The turns of a writer whose provider has each fault of the table in turn. A wrong row here loses a key, burns money twice,
 * or leaves a writer without an answer that another model would give.
 */
export function describeFaultyTurns(protocol: ProtocolId): void {
  // The same limits at a size that a test can fill quickly.
  useSmallLimits({ line: 200_000, answer: 400_000, stream: 1_000_000, body: 500_000, models: 100, errorMs: 200 })
  beforeAll(async () => {
    app = await startTestCore()
    backup = await startFakeOpenAi()
    server = await startRawServer()
    server.answerAt('/api/version', whole(200, '{"version":"0.32.0"}'))
    server.answerAt('/api/tags', whole(200, '{"models":[]}'))
    const { providerId } = await fakeProvider(app, backup.url, { name: 'Backup' })
    configs = {}
    for (const chain of chains) {
      const input = { name: chain, kind: 'chat' as const, settings: { providerId, model: `for-${chain}` } }
      configs[chain] = (await app.ask('modelConfigs.create', input)).id
    }
  })
  afterAll(async () => {
    await app.close()
    await backup.stop()
    await server.stop()
  })

  const rows = faults.filter(({ only }) => only === undefined || only.includes(protocol))

  it.each(rows)('$name', async (fault) => {
    const { code, status, retryable, keys, state, chain, text } = fault.must
    const origin = await addressOf(fault, protocol)
    const states = protocol === 'ollama' ? [] : [state, keys === 2 ? state : 'unknown']
    const calls = Array.from({ length: protocol === 'ollama' ? 1 : keys }, (_, index) => ({
      attempt: index + 1,
      model: 'fake-model',
      key: protocol === 'ollama' ? null : `Key ${index + 1}`,
      errorCode: code,
      status,
    }))

    expect(await write(fault, protocol, origin, false)).toEqual({
      outcome: code === null ? 'complete' : 'failed',
      error: code === null ? null : { code, retryable },
      states,
      calls,
      text,
      writtenBy: text === null ? null : 'fake-model',
    })
    if (code === null) return
    const chained = await write(fault, protocol, origin, true)
    const follows = { attempt: calls.length + 1, model: `for-${chain}`, key: null, errorCode: null, status: null }
    expect(chained).toMatchObject({
      outcome: chain ? 'complete' : 'failed',
      states,
      calls: chain ? [...calls, follows] : calls,
      // Whoever reads the passage learns which model wrote it.
      writtenBy: chain ? `for-${chain}` : 'fake-model',
    })
  })
}
