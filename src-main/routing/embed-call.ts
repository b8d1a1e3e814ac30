import { FabulaError, ProviderError } from '@contract/errors'
import { estimateTokens } from '@main/platform/token-estimate'
import { wireParameters } from '@main/providers/kit/parameters'
import { protocolFor } from '@main/providers/registry'
import type { EmbedAnswer, Protocol } from '@main/providers/spec/protocol'
import type { CallPlan } from './call-plan'
import type { Connections } from './connections'
import type { CallAccount } from './ledger'
import type { Attempt, WithTokens } from './with-tokens'

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
 * Turns texts into vectors by a plan, with the prefix that its settings give to each purpose. Keys, servers, retries and
 * limits are as in a chat (`with-tokens.ts`); another model never steps in, because vectors of two models do not mix.
 */
export function createEmbedCaller(ports: { connections: Connections; withTokens: WithTokens }): EmbedCaller {
  const { connections, withTokens } = ports

  async function* attemptOf(
    { texts, purpose }: EmbedCall,
    embed: NonNullable<Protocol['embed']>,
    attempt: Attempt
  ): AsyncGenerator<EmbedAnswer> {
    const { plan, token, signal } = attempt
    const { definition } = plan.provider
    const samplers = plan.settings.samplers ?? {}
    const { parameters, sent } = wireParameters({
      definition,
      kind: 'embedding',
      samplers,
      settings: plan.settings.settings ?? {},
      custom: plan.settings.custom ?? {},
      supportedParameters: plan.facts?.supportedParameters ?? null,
      refused: [...(plan.facts?.refused ?? []), ...attempt.refused],
    })
    // Vectors are not written: whatever is paid for was read.
    const reads = () => texts.reduce((sum, text) => sum + estimateTokens(text), 0)
    attempt.send(sent, () => ({ inputTokens: reads(), outputTokens: 0, cost: null }))
    const prefix = samplers[`${purpose}_prefix`]
    const answer = await embed(connections.forPlan(plan, token), {
      model: plan.model,
      texts: typeof prefix === 'string' ? texts.map((text) => prefix + text) : texts,
      purpose,
      parameters,
      signal,
    })
    yield { ...answer, usage: attempt.complete(answer.usage) }
  }

  return async (call) => {
    const { plan, account, signal } = call
    const { definition, name } = plan.provider
    const { embed } = await protocolFor(definition.protocol)
    if (!embed)
      throw new FabulaError(ProviderError.NoEmbeddings, `${name} has no embeddings`, { details: { provider: name } })
    const attempt = (one: Attempt) => attemptOf(call, embed, one)
    let answer: EmbedAnswer | null = null
    for await (const whole of withTokens({ plan, account, visible: false, signal, attempt })) answer = whole
    if (!answer) throw new Error('An embedding ended without vectors and without a failure')
    return answer
  }
}
