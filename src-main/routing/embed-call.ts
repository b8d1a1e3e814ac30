import { FabulaError, ProviderError } from '@contract/errors'
import { wireParameters } from '@main/providers/kit/parameters'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { EmbedAnswer } from '@main/providers/spec/protocol'
import type { CallPlan } from './call-plan'
import type { Connections } from './connections'
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
export function createEmbedCaller(ports: { connections: Connections; tokens: TokenRecords }): EmbedCaller {
  const { connections, tokens } = ports
  return async ({ plan, texts, purpose, signal }) => {
    const { definition, name } = plan.provider
    const protocol = await protocolFor(definition.protocol)
    if (!protocol.embed)
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
    let failure: ProviderFailure | null = null
    for (const token of plan.tokens.length === 0 ? [null] : plan.tokens)
      try {
        const answer = await protocol.embed(connections.forPlan(plan, token), request)
        tokens.worked(token)
        return answer
      } catch (error) {
        if (!(error instanceof ProviderFailure) || !tokens.failed(token, error)) throw error
        failure = error
      }
    throw failure ?? new FabulaError(ProviderError.Unreachable, `${name} was not called`)
  }
}
