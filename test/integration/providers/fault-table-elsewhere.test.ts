import { describe, it } from 'vitest'
import { CommonError } from '@contract/errors'
import { createFetchWithin } from '@main/platform/http-fetch'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection, Protocol } from '@main/providers/spec/protocol'
import { collect, connectTo } from '@test/helpers/connect'
import { startRawServer } from '@test/helpers/raw-server'
import { speeches, type ProtocolId } from '@test/helpers/speech'
import { useSmallLimits } from '@test/helpers/small-limits'
import { faults } from './fault-table'

useSmallLimits({ line: 200_000, answer: 400_000, stream: 1_000_000, body: 500_000, models: 100, errorMs: 200 })

/** An answer that never comes is the caller's to end. */
const PATIENCE_MS = 300
const GIVEN_UP = 'given up'

const fetchWithin = createFetchWithin(async () => await Promise.resolve(null))

interface Work {
  name: string
  only?: ProtocolId
  run(protocol: Protocol, connection: Connection, signal: AbortSignal): Promise<unknown>
}

/** Everything beside a chat that a server is asked for. */
const works: readonly Work[] = [
  { name: 'listing models', run: (protocol, connection, signal) => collect(protocol.listModels(connection, signal)) },
  { name: 'checking a key', run: (protocol, connection, signal) => protocol.checkKey(connection, signal) },
  {
    name: 'embedding',
    run: async ({ embed }, connection, signal) =>
      await embed?.(connection, { model: 'm', texts: ['a'], parameters: {}, signal }),
  },
  ...(['version', 'running'] as const).map((name) => ({
    name,
    only: 'ollama' as const,
    run: async ({ host }: Protocol, connection: Connection, signal: AbortSignal) =>
      await host?.[name](connection, signal),
  })),
  ...(['details', 'remove'] as const).map((name) => ({
    name,
    only: 'ollama' as const,
    run: async ({ host }: Protocol, connection: Connection, signal: AbortSignal) =>
      await host?.[name](connection, 'm', signal),
  })),
]

const slugs: Record<ProtocolId, string> = { 'openai-chat': 'openai', anthropic: 'anthropic', ollama: 'ollama' }

/**
 * The whole table once more, for everything else: a fault of the server is never one of the program. Most of the time goes
 * into answers that never come, so they are waited for side by side.
 */
describe.concurrent.each(Object.values(speeches))('$protocol', (speech) => {
  const own = works.filter(({ only }) => only === undefined || only === speech.protocol)

  it.for(own)('takes no fault in $name for its own', async ({ run }, { expect, onTestFinished }) => {
    const server = await startRawServer()
    onTestFinished(server.stop)
    const protocol = await protocolFor(speech.protocol)
    const connection = connectTo(slugs[speech.protocol], server.origin, { fetch: fetchWithin() })
    const outcomes = []
    for (const { name, answer } of faults) {
      if (typeof answer === 'string') continue
      server.answerAt('', answer(speech))
      const stop = new AbortController()
      const timer = setTimeout(() => stop.abort(GIVEN_UP), PATIENCE_MS)
      outcomes.push([name, await outcomeOf(run(protocol, connection, stop.signal))])
      clearTimeout(timer)
    }
    const taken = ['answered', GIVEN_UP, 'failed as it should']
    expect(outcomes.filter(([, outcome]) => !taken.includes(String(outcome)))).toEqual([])
  })
})

async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return 'answered'
  } catch (error) {
    return error instanceof ProviderFailure && error.code !== CommonError.Internal ? 'failed as it should' : error
  }
}
