import { FabulaError, ProviderError, TokenError } from '@contract/errors'
import { wireParameters } from '@main/providers/kit/parameters'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { EmbedAnswer } from '@main/providers/spec/protocol'
import type { ServerId } from '@contract/ids'
import type { TokenRow } from '@main/data/token-store'
import type { CallPlan } from './call-plan'
import type { Connections } from './connections'
import type { Admission } from './admission'
import { isServerLost, type OnServerLost } from './server-lost'
import type { CallAccount, Ledger } from './ledger'
import { plausibleUsage } from './plausible-usage'
import { isSimulated, type Simulations } from './simulations'
import type { TokenRecords } from './token-records'

export interface EmbedCall {
  plan: CallPlan
  texts: readonly string[]
  /** What the texts are: passages to be found, or what is searched for. */
  purpose: 'document' | 'query'
  /** What the ledger notes it under. */
  account: CallAccount
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
  admission: Admission
  onServerLost: OnServerLost
  ledger: Ledger
  simulations: Simulations
}): EmbedCaller {
  const { connections, tokens, admission, onServerLost, ledger, simulations } = ports
  return async ({ plan, texts, purpose, account, signal }) => {
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
    /** One attempt with a token, at a place that it has taken. */
    const attempt = async (at: CallPlan, planned: TokenRow | null): Promise<EmbedAnswer> => {
      const token = planned && tokens.stillUsable(planned)
      if (planned && !token)
        throw new FabulaError(TokenError.NoneUsable, `The key ${planned.name} of ${name} cannot be used any more`, {
          details: { provider: name, name: planned.name, reason: planned.state },
          retryable: true,
        })
      const entry = ledger.begin(account, at, token?.name ?? null)
      try {
        simulations.throwIfSimulated({
          providerId: at.provider.id,
          provider: name,
          model: at.model,
          tokenId: token?.id ?? null,
        })
        const answer = await embed(connections.forPlan(at, token), request)
        entry.complete(plausibleUsage(answer.usage))
        return answer
      } catch (error) {
        entry.fail(error, signal.aborted)
        throw error
      }
    }
    const dead = new Set<ServerId>()
    /** One token, at the servers that have the model until one of them is there. */
    const embedWith = async (token: TokenRow | null): Promise<EmbedAnswer> => {
      for (;;) {
        // The next server is tried only when the one before it was not there.
        const place = await admission.admit(plan, token, dead, signal)
        try {
          return await attempt(place.plan, token)
        } catch (error) {
          const { server } = place.plan
          if (!server || !(error instanceof ProviderFailure) || !isServerLost(error)) throw error
          if (!isSimulated(error)) onServerLost(server, error)
          const again = dead.has(server.id)
          dead.add(server.id)
          if (again || plan.servers.every(({ id }) => dead.has(id))) throw error
        } finally {
          place.free()
        }
      }
    }
    let failure: FabulaError | null = null
    for (const token of plan.tokens.length === 0 ? [null] : plan.tokens)
      try {
        const answer = await embedWith(token)
        tokens.worked(token)
        return answer
      } catch (error) {
        if (error instanceof FabulaError && error.code === TokenError.NoneUsable) failure ??= error
        else if (error instanceof ProviderFailure && tokens.failed(token, error)) failure = error
        else throw error
      }
    throw failure ?? new FabulaError(ProviderError.Unreachable, `${name} was not called`)
  }
}
