import { FabulaError, ProviderError } from '@contract/errors'
import { wireParameters } from '@main/providers/kit/parameters'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { EmbedAnswer } from '@main/providers/spec/protocol'
import type { ServerId } from '@contract/ids'
import type { TokenRow } from '@main/data/token-store'
import type { CallPlan } from './call-plan'
import type { Connections } from './connections'
import type { Places } from './places'
import { isServerLost, type OnServerLost } from './server-lost'
import type { TokenRecords } from './token-records'

export interface EmbedCall {
  plan: CallPlan
  texts: readonly string[]
  /** What the texts are: passages to be found, or what is searched for. */
  purpose: 'document' | 'query'
  signal: AbortSignal
}

export type EmbedCaller = (call: EmbedCall) => Promise<EmbedAnswer>

/**
 * Turns texts into vectors by a plan, with the prefix that its settings give to each purpose. Tokens give way to the next
 * as in a chat; another model never steps in, because vectors of two models do not mix.
 */
export function createEmbedCaller(ports: {
  connections: Connections
  tokens: TokenRecords
  places: Places
  onServerLost: OnServerLost
}): EmbedCaller {
  const { connections, tokens, places, onServerLost } = ports
  return async ({ plan, texts, purpose, signal }) => {
    const { definition, name } = plan.provider
    const { embed } = await protocolFor(definition.protocol)
    if (!embed)
      throw new FabulaError(ProviderError.ModelNotFound, `${name} has no embeddings`, {
        details: { provider: name, model: plan.model },
      })
    const samplers = plan.settings.samplers ?? {}
    const prefix = samplers[`${purpose}_prefix`]
    const { parameters } = wireParameters({
      definition,
      kind: 'embedding',
      samplers,
      settings: plan.settings.settings ?? {},
      custom: plan.settings.custom ?? {},
      supportedParameters: plan.facts?.supportedParameters ?? null,
    })
    const request = {
      model: plan.model,
      texts: typeof prefix === 'string' ? texts.map((text) => prefix + text) : texts,
      purpose,
      parameters,
      signal,
    }
    const dead = new Set<ServerId>()
    /** One token, at the servers that have the model until one of them is there. */
    const embedWith = async (token: TokenRow | null): Promise<EmbedAnswer> => {
      for (;;) {
        // The next server is tried only when the one before it was not there.
        const place = await places.take(plan, token, dead, signal)
        try {
          return await embed(connections.forPlan(place.plan, token), request)
        } catch (error) {
          const { server } = place.plan
          if (!server || !(error instanceof ProviderFailure) || !isServerLost(error)) throw error
          onServerLost(server.id, error)
          dead.add(server.id)
          if (plan.servers.every(({ id }) => dead.has(id))) throw error
        } finally {
          place.free()
        }
      }
    }
    let failure: ProviderFailure | null = null
    for (const token of plan.tokens.length === 0 ? [null] : plan.tokens)
      try {
        const answer = await embedWith(token)
        tokens.worked(token)
        return answer
      } catch (error) {
        if (!(error instanceof ProviderFailure) || !tokens.failed(token, error)) throw error
        failure = error
      }
    throw failure ?? new FabulaError(ProviderError.Unreachable, `${name} was not called`)
  }
}
