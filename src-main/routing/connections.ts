import type { JsonObject } from '@contract/values'
import type { ServerRow } from '@main/data/server-store'
import type { TokenRow } from '@main/data/token-store'
import type { Redactor } from '@main/platform/redact'
import { createConnection } from '@main/providers/kit/connection'
import type { Connection } from '@main/providers/spec/protocol'
import type { Vault } from '@main/secrets/vault'
import type { KnownProvider } from '@main/settings/provider-directory'
import { sealContext } from '@main/settings/token-rows'
import type { CallPlan } from './call-plan'

export interface Connections {
  /** Opens a way to a provider, with a stored key. Throws the vault's errors when it is closed. */
  withToken(provider: KnownProvider, token: TokenRow): Connection
  /** The same with a key that is not stored, or without one. */
  withSecret(provider: KnownProvider, secret: string | null): Connection
  toServer(provider: KnownProvider, server: Pick<ServerRow, 'url'>): Connection
  /** The way that a planned call takes, with its provider settings. */
  forPlan(plan: CallPlan, token: TokenRow | null): Connection
}

export function createConnections(ports: {
  vault: Vault
  redactor: Redactor
  fetch: typeof globalThis.fetch
}): Connections {
  const connect = (provider: KnownProvider, baseUrl: string, secret: string | null, settings: JsonObject = {}) => {
    if (secret !== null) ports.redactor.add(secret)
    return createConnection({
      // Errors name the provider as the user does, not the pattern it was made from.
      definition: { ...provider.definition, name: provider.name },
      baseUrl,
      secret: () => secret,
      headers: provider.row.headers,
      extraBody: provider.row.extraBody,
      settings,
      fetch: ports.fetch,
    })
  }
  const secretOf = (token: TokenRow) =>
    ports.vault.reveal({ vaultId: token.vault_id, sealed: token.sealed }, sealContext(token))
  return {
    withToken: (provider, token) => connect(provider, provider.baseUrl ?? '', secretOf(token)),
    withSecret: (provider, secret) => connect(provider, provider.baseUrl ?? '', secret),
    toServer: (provider, server) => connect(provider, server.url, null),
    forPlan: ({ provider, server, settings }, token) =>
      connect(provider, server?.url ?? provider.baseUrl ?? '', token && secretOf(token), settings.settings),
  }
}
