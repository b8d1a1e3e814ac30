import type { ModelSettings } from '@contract/entities/model-config'
import type { Model } from '@contract/entities/model'
import { FabulaError, ModelError, PresetError, ServerError, TokenError } from '@contract/errors'
import type { RoleId, ServerId } from '@contract/ids'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import type { Clock } from '@main/platform/clock'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { needsKey, type VaultIdentity } from '@main/settings/token-rows'
import { chooseServers, serverKey, temporaryServer } from './server-choice'
import type { Slots } from './slots'
import { isUsable } from './token-states'

/** Everything that must be known before a model can be called. */
export interface CallPlan {
  provider: KnownProvider
  model: string
  /** What the catalogue knows of the model; null for one it has never seen. */
  facts: Model | null
  /** For providers that are servers: all that can take the call, the best one first. Else empty. */
  servers: ServerRow[]
  /** The one to ask; the first of them until the call has its place. */
  server: ServerRow | null
  /** Usable tokens in the user's order; empty for a provider that needs none. */
  tokens: TokenRow[]
  settings: ModelSettings
}

/** With `at`, the call goes to that address, whether or not a server is saved there. */
export type CallPlanner = (role: RoleId | null, settings: ModelSettings, at?: { url: string }) => CallPlan

/**
 * Plans calls, and throws what stands in the way: `role_without_model`, `model_disabled`, `server_inactive`,
 * `token_none_usable`, `token_needs_key`, `token_choose_key`.
 */
export function createCallPlanner(ports: {
  stores: Stores
  directory: ProviderDirectory
  vault: VaultIdentity
  clock: Clock
  slots: Slots
}): CallPlanner {
  const { stores, directory, vault, clock, slots } = ports

  const tokensFor = (provider: KnownProvider, role: RoleId | null, { tokenIds }: ModelSettings): TokenRow[] => {
    const all = stores.tokens.ofProvider(provider.id)
    const chosen = tokenIds ? tokenIds.flatMap((id) => all.find((row) => row.id === id) ?? []) : all
    const details = { provider: provider.name, role }
    // Another key than the chosen one would be paid by an account that nobody chose.
    if (tokenIds && chosen.length === 0 && (all.length > 0 || provider.keyRequired))
      throw new FabulaError(TokenError.ChooseKey, `No key of ${provider.name} is chosen any more`, { details })
    const bound = chosen.filter((row) => !needsKey(row, provider, vault))
    const usable = bound.filter((row) => isUsable(row, clock.now()))
    if (usable.length > 0 || !provider.keyRequired) return usable
    const first = chosen[0]
    if (first && bound.length === 0)
      throw new FabulaError(TokenError.NeedsKey, `The key ${first.name} must be pasted again`, {
        details: { ...details, name: first.name },
      })
    throw new FabulaError(TokenError.NoneUsable, `No key of ${provider.name} can be used now`, {
      details: {
        ...details,
        names: chosen.map(({ name }) => name),
        reason: first?.state ?? 'none',
        seconds: secondsToRest(bound, clock.now()),
      },
      retryable: bound.some((row) => row.state === 'cooling'),
    })
  }

  /** The servers that can take a call, the best one first. */
  const serversFor = (
    provider: KnownProvider,
    role: RoleId | null,
    target: { serverId: ServerId | undefined; model: string; url: string | undefined }
  ): ServerRow[] => {
    const serversWithModel = new Set(
      stores.models
        .named(provider.id, target.model)
        .filter((one) => one.available && one.enabled)
        .map((one) => one.serverId)
    )
    const known = stores.servers
      .list()
      .map((row) => ({ row, hasModel: serversWithModel.has(row.id), load: slots.running(serverKey(row.id)) }))
    const choice = chooseServers(target, known)
    switch (choice.kind) {
      case 'saved':
        return choice.servers
      case 'temporary':
        return [temporaryServer(choice.url)]
      case 'inactive':
        throw new FabulaError(ServerError.Inactive, `The server ${choice.server.name} is switched off`, {
          details: { name: choice.server.name, role },
        })
      case 'none':
        throw new FabulaError(PresetError.RoleWithoutModel, 'No Ollama server is known', {
          details: { role, provider: provider.name, reason: 'no_server' },
        })
    }
  }

  return (role, settings, at) => {
    const provider = settings.providerId && directory.find(settings.providerId)
    const { model } = settings
    if (!provider || !model)
      throw new FabulaError(PresetError.RoleWithoutModel, `${role ?? 'The call'} has no model`, { details: { role } })
    const usesServers = provider.definition.servers
    const servers = usesServers ? serversFor(provider, role, { serverId: settings.serverId, model, url: at?.url }) : []
    const server = servers[0] ?? null
    const facts = stores.models.find(provider.id, server?.id ?? null, model)
    if (facts && !facts.enabled)
      throw new FabulaError(ModelError.Disabled, `${facts.name} is switched off`, {
        details: { model: facts.name, provider: provider.name, role },
      })
    return {
      provider,
      model,
      servers,
      server,
      facts,
      tokens: usesServers ? [] : tokensFor(provider, role, settings),
      settings,
    }
  }
}

/** Seconds until the first of the keys has rested; null where none rests. */
function secondsToRest(rows: readonly TokenRow[], now: number): number | null {
  const ends = rows.flatMap(({ state, cooling_until: until }) =>
    state === 'cooling' && until !== null ? [Date.parse(until)] : []
  )
  return ends.length === 0 ? null : Math.max(1, Math.ceil((Math.min(...ends) - now) / 1000))
}
