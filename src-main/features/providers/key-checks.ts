import type { TokenCheck } from '@contract/entities/token'
import { FabulaError, ProviderError } from '@contract/errors'
import type { ProviderId, TokenId } from '@contract/ids'
import type { Clock } from '@main/platform/clock'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection } from '@main/providers/spec/protocol'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import type { TokenList } from './token-list'

/** A check that has not answered by then has failed. */
const CHECK_LIMIT_MS = 20_000

/** Asks providers whether they take a key. */
export interface KeyChecks {
  /** Of a stored key: what comes out is kept as the key's state. */
  check(id: TokenId): Promise<TokenCheck>
  /** Of a key that is not stored. */
  probe(providerId: ProviderId, secret: string): Promise<TokenCheck>
}

export function createKeyChecks(ports: {
  directory: ProviderDirectory
  tokens: TokenList
  connections: Connections
  clock: Clock
}): KeyChecks {
  const { directory, tokens, connections, clock } = ports

  const ask = async (provider: KnownProvider, connection: Connection): Promise<TokenCheck> => {
    const started = clock.now()
    const signal = AbortSignal.timeout(CHECK_LIMIT_MS)
    try {
      const protocol = await protocolFor(provider.definition.protocol)
      const found = await protocol.checkKey(connection, signal)
      return { ...found, latencyMs: clock.now() - started }
    } catch (error) {
      if (error instanceof FabulaError || !signal.aborted) throw error
      throw new ProviderFailure(
        ProviderError.TimedOut,
        `${provider.name} did not answer in ${CHECK_LIMIT_MS / 1000} s`,
        {
          details: { provider: provider.name, seconds: CHECK_LIMIT_MS / 1000 },
          retryable: true,
        }
      )
    }
  }

  return {
    check: async (id) => {
      const row = tokens.row(id)
      const provider = directory.get(row.provider_id)
      tokens.refuseLost(row, provider)
      try {
        const found = await ask(provider, connections.withToken(provider, row))
        tokens.recordCheck(id, found.answersWithoutKey ? 'unproven' : 'works')
        return found
      } catch (error) {
        if (!(error instanceof ProviderFailure)) throw error
        tokens.recordCheck(id, error)
        throw error.withFacts({ name: row.name })
      }
    },
    probe: async (providerId, secret) => {
      const provider = directory.get(providerId)
      return ask(provider, connections.withSecret(provider, secret))
    },
  }
}
