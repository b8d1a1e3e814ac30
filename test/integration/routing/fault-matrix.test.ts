import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import type { ChainName } from '@contract/entities/preset'
import type { EventPayload } from '@contract/events'
import type { StoryId } from '@contract/ids'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { startUntrustedServer } from '@test/helpers/self-signed'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, passagesOf, storyWith } from '@test/helpers/test-story'
import { faults, type Fault } from './faults'

const chains: readonly ChainName[] = ['errors', 'contextOverflow', 'refusals']

let app: TestCore
/** The provider of the fallbacks, which always works. */
let backup: FakeOpenAi
let configs: Record<ChainName, string>

beforeAll(async () => {
  app = await startTestCore()
  backup = await startFakeOpenAi()
  const { providerId } = await fakeProvider(app, backup.url, { name: 'Backup' })
  const made = await Promise.all(
    chains.map(async (chain) => {
      const input = { name: chain, kind: 'chat' as const, settings: { providerId, model: `for-${chain}` } }
      return [chain, (await app.ask('modelConfigs.create', input)).id]
    })
  )
  configs = Object.fromEntries(made)
})
afterAll(async () => {
  await app.close()
  await backup.stop()
})

/** Where the faulty provider is. */
async function addressOf(fault: Fault): Promise<string> {
  if (fault.reply === 'unknown-host') return 'http://models.invalid/v1'
  if (fault.reply === 'untrusted') {
    const server = await startUntrustedServer()
    onTestFinished(server.stop)
    return server.url
  }
  const fake = await startFakeOpenAi()
  onTestFinished(() => fake.stop())
  if (fault.reply === 'refused') await fake.goDown()
  else fake.alwaysAnswerWith(fault.reply)
  return fake.url
}

let providers = 0

/** A story with two fresh keys for the faulty provider, and the chains or none; then its first turn. */
async function write(url: string, fault: Fault, withChains: boolean) {
  const keys = [`sk-one-${(providers += 1)}-0123456789`, `sk-two-${providers}-0123456789`]
  const provider = await fakeProvider(app, url, { name: `Faulty ${providers}`, keys })
  const settings: ModelSettings = { ...provider, ...(fault.timeouts ? { timeouts: fault.timeouts } : {}) }
  const story = await storyWith(app, settings)
  if (withChains) {
    const chainOf = Object.fromEntries(chains.map((chain) => [chain, [configs[chain]]]))
    const { fallback } = await app.ask('presets.get', { id: story.presetId })
    const patch = { fallback: { ...fallback, chains: chainOf as typeof fallback.chains } }
    await app.ask('presets.update', { id: story.presetId, patch })
  }
  const ended = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
  const states = (await app.ask('tokens.list', {}))
    .filter(({ providerId }) => providerId === provider.providerId)
    .map(({ state }) => state)
  return { story, ended, states, calls: await callsOf(ended) }
}

const callsOf = async ({ turnId }: EventPayload<'turn.ended'>) =>
  (await app.ask('usage.ofTurn', { turnId })).map(({ model, tokenName, attempt, outcome, errorCode, status }) => ({
    model,
    tokenName,
    attempt,
    outcome,
    errorCode,
    status,
  }))

const passageOf = async (id: StoryId) =>
  (await passagesOf(app, { id })).find(({ author }) => author === 'story') ?? null

/** The ledger's rows of the attempts at the faulty provider. */
const failedAttempts = ({ keys, code, status }: Fault) =>
  ['Key 1', 'Key 2'].slice(0, keys).map((tokenName, index) => ({
    model: 'fake-model',
    tokenName,
    attempt: index + 1,
    outcome: 'failed',
    errorCode: code,
    status,
  }))

const answeredBy = (chain: ChainName, attempt: number) => ({
  model: `for-${chain}`,
  tokenName: null,
  attempt,
  outcome: 'complete',
  errorCode: null,
  status: null,
})

const statesAfter = ({ state, keys }: Fault) => [state, keys === 2 ? state : 'unknown']

/** A wrong row here loses a key, burns money twice, or leaves a writer with an answer that another model would give. */
describe('a provider that fails by', () => {
  it.each(faults)('$name', async (fault) => {
    const url = await addressOf(fault)

    const alone = await write(url, fault, false)
    expect(alone.ended).toMatchObject({ outcome: 'failed', error: { code: fault.code } })
    expect(alone.states).toEqual(statesAfter(fault))
    expect(alone.calls).toEqual(failedAttempts(fault))
    expect((await passageOf(alone.story.id))?.text ?? null).toBe(fault.text ?? null)

    const chained = await write(url, fault, true)
    const { chain } = fault
    expect(chained.states).toEqual(statesAfter(fault))
    expect(chained.ended).toMatchObject(
      chain ? { outcome: 'complete', error: null } : { outcome: 'failed', error: { code: fault.code } }
    )
    expect(chained.calls).toEqual([...failedAttempts(fault), ...(chain ? [answeredBy(chain, fault.keys + 1)] : [])])
    // Whoever reads the passage learns which model wrote it.
    const passage = await passageOf(chained.story.id)
    expect(passage?.writtenBy).toMatchObject(
      chain ? { model: `for-${chain}`, provider: 'Backup' } : { model: 'fake-model' }
    )
  })
})
