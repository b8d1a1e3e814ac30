import type { ModelSettings } from '@contract/entities/model-config'
import type { Model } from '@contract/entities/model'
import { FabulaError, ModelError, PresetError, TokenError } from '@contract/errors'
import type { RoleId } from '@contract/ids'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import type { Clock } from '@main/platform/clock'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { needsKey, type VaultIdentity } from '@main/settings/token-rows'
import { isUsable } from './token-states'

/** Everything that must be known before a model can be called. */
export interface CallPlan {
  provider: KnownProvider
  model: string
  /** What the catalogue knows of the model; null for one it has never seen. */
  facts: Model | null
  /** For providers that are servers: the one to ask. */
  server: ServerRow | null
  /** Usable tokens in the user's order; empty for a provider that needs none. */
  tokens: TokenRow[]
  settings: ModelSettings
}

export type CallPlanner = (role: RoleId, settings: ModelSettings) => CallPlan

/** Plans calls, and throws what stands in the way: `role_without_model`, `token_none_usable`, `token_needs_key`. */
export function createCallPlanner(ports: {
  stores: Stores
  directory: ProviderDirectory
  vault: VaultIdentity
  clock: Clock
}): CallPlanner {
  const { stores, directory, vault, clock } = ports

  const tokensFor = (provider: KnownProvider, settings: ModelSettings): TokenRow[] => {
    const all = stores.tokens.ofProvider(provider.id)
    const chosen =
      settings.tokenIds && settings.tokenIds.length > 0
        ? settings.tokenIds.flatMap((id) => all.find((row) => row.id === id) ?? [])
        : all
    const bound = chosen.filter((row) => !needsKey(row, provider, vault))
    const usable = bound.filter((row) => isUsable(row, clock.now()))
    if (usable.length > 0 || !provider.keyRequired) return usable
    const first = chosen[0]
    const details = { provider: provider.name }
    if (first && bound.length === 0)
      throw new FabulaError(TokenError.NeedsKey, `The key ${first.name} must be pasted again`, {
        details: { ...details, name: first.name },
      })
    throw new FabulaError(TokenError.NoneUsable, `No key of ${provider.name} can be used now`, {
      details: {
        ...details,
        ...(first ? { name: first.name, reason: first.state } : { reason: 'none' }),
      },
      retryable: bound.some((row) => row.state === 'cooling'),
    })
  }

  /** The server a role names, else the best one that has the model: available, then default, then first added. */
  const serverFor = (provider: KnownProvider, settings: ModelSettings, model: string): ServerRow | null => {
    const servers = stores.servers.list()
    const named = servers.find((row) => row.id === settings.serverId)
    if (named) return named
    const holders = new Set(
      stores.models
        .named(provider.id, model)
        .filter((one) => one.available)
        .map((one) => one.serverId)
    )
    const having = servers.filter((row) => holders.has(row.id))
    const ranked = having.length > 0 ? having : servers
    return ranked.find((row) => row.available === 1) ?? ranked[0] ?? null
  }

  return (role, settings) => {
    const provider = settings.providerId && directory.find(settings.providerId)
    const { model } = settings
    if (!provider || !model)
      throw new FabulaError(PresetError.RoleWithoutModel, `The role ${role} has no model`, { details: { role } })
    const usesServers = provider.definition.servers
    const server = usesServers ? serverFor(provider, settings, model) : null
    if (usesServers && !server)
      throw new FabulaError(PresetError.RoleWithoutModel, 'No Ollama server is known', {
        details: { role, provider: provider.name, reason: 'no_server' },
      })
    const facts = stores.models.find(provider.id, server?.id ?? null, model)
    if (facts && !facts.enabled)
      throw new FabulaError(ModelError.Disabled, `${facts.name} is switched off`, {
        details: { model: facts.name, provider: provider.name, role },
      })
    return {
      provider,
      model,
      server,
      facts,
      tokens: usesServers ? [] : tokensFor(provider, settings),
      settings,
    }
  }
}
