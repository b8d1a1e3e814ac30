import type { AuthScheme } from '@contract/entities/provider'
import type { JsonObject } from '@contract/values'
import type { ServerRow } from '@main/data/server-store'
import type { TokenRow } from '@main/data/token-store'
import type { FetchWithin } from '@main/platform/http-fetch'
import type { Redactor } from '@main/platform/redact'
import { createConnection } from '@main/providers/kit/connection'
import type { Connection } from '@main/providers/spec/protocol'
import type { Vault } from '@main/secrets/vault'
import type { KnownProvider } from '@main/settings/provider-directory'
import { openAdditions } from '@main/settings/provider-secrets'
import { openAuth, revealAuth, type OpenAuth } from '@main/settings/server-secrets'
import { sealContext } from '@main/settings/token-rows'
import type { CallPlan } from './call-plan'

export interface Connections {
  /** Opens a way to a provider, with a stored key. Throws the vault's errors when it is closed. */
  withToken(provider: KnownProvider, token: TokenRow, settings?: JsonObject): Connection
  /** The same with a key that is not stored, or without one. `settings` are those of the provider, for headers and model names. */
  withSecret(provider: KnownProvider, secret: string | null, settings?: JsonObject): Connection
  /** Opens a way to a server, with its stored secret. Throws `server_needs_secret` and the vault's errors. */
  toServer(provider: KnownProvider, server: ServerRow): Connection
  /** Opens a way to an address that is not saved as a server. */
  toAddress(provider: KnownProvider, url: string, auth?: OpenAuth): Connection
  /** The way that a planned call takes, with its provider settings. */
  forPlan(plan: CallPlan, token: TokenRow | null): Connection
}

export function createConnections(ports: {
  vault: Vault
  redactor: Redactor
  /** A fetch that gives up reaching a server after so many milliseconds; undefined for the usual time. */
  fetchWithin: FetchWithin
}): Connections {
  const { vault } = ports
  const connect = (
    provider: KnownProvider,
    baseUrl: string,
    { scheme, secret }: { scheme?: AuthScheme; secret: string | null },
    settings: JsonObject = {},
    connectMs?: number
  ) => {
    const { headers, extraBody } = openAdditions(vault, provider.row, provider.name)
    return createConnection({
      // Errors name the provider as the user does, not the pattern it was made from.
      definition: { ...provider.definition, name: provider.name, auth: scheme ?? provider.definition.auth },
      baseUrl,
      secret: () => secret,
      headers,
      extraBody,
      settings,
      fetch: ports.fetchWithin(connectMs),
      redactor: ports.redactor,
    })
  }
  const keyOf = (token: TokenRow) => ({
    secret: vault.reveal({ vaultId: token.vault_id, sealed: token.sealed }, sealContext(token)),
  })
  const noKey = { secret: null }
  return {
    withToken: (provider, token, settings) => connect(provider, provider.baseUrl ?? '', keyOf(token), settings),
    withSecret: (provider, secret, settings) => connect(provider, provider.baseUrl ?? '', { secret }, settings),
    toServer: (provider, server) => connect(provider, server.url, revealAuth(vault, server)),
    toAddress: (provider, url, auth = noAuth) => connect(provider, url, auth),
    forPlan: ({ provider, server, settings }, token) =>
      connect(
        provider,
        server?.url ?? provider.baseUrl ?? '',
        server ? revealAuth(vault, server) : token ? keyOf(token) : noKey,
        settings.settings,
        settings.timeouts?.connectMs
      ),
  }
}

const noAuth = openAuth({ type: 'none' }, null)
