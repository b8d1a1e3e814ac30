import { FabulaError, ProviderError } from '@contract/errors'
import { protocolFor } from '@main/providers/registry'
import type { ChatEvent, CompletionRequest } from '@main/providers/spec/chat'
import type { Protocol } from '@main/providers/spec/protocol'
import { fieldsFor, parametersFor } from './call-parameters'
import type { CallPlan } from './call-plan'
import type { AttemptStart } from './chat-call'
import type { Connections } from './connections'
import type { CallAccount } from './ledger'
import { estimateTokens } from '@main/platform/token-estimate'
import { writtenIn } from './attempt-count'
import type { Attempt, WithTokens } from './with-tokens'

export interface CompleteCall extends Pick<CompletionRequest, 'prompt' | 'suffix'> {
  plan: CallPlan
  /** As in `ChatCall`. */
  visible: boolean
  account: CallAccount
  signal: AbortSignal
}

/** An attempt, and then what the model goes on with: text, thinking and the end, as it is and perhaps nothing. */
export type CompletionEvent = AttemptStart | ChatEvent

export type CompleteCaller = (call: CompleteCall) => AsyncGenerator<CompletionEvent>

/**
 * Has a model go on with a text by a plan. Keys, servers, retries and limits are as in a chat (`with-tokens.ts`). Throws
 * `provider_without_completions` where the server behind has chats alone.
 */
export function createCompleteCaller(ports: { connections: Connections; withTokens: WithTokens }): CompleteCaller {
  const { connections, withTokens } = ports

  async function* attemptOf(
    call: CompleteCall,
    complete: NonNullable<Protocol['complete']>,
    attempt: Attempt
  ): AsyncGenerator<CompletionEvent> {
    const { plan, token, signal } = attempt
    const { prompt, suffix } = call
    const read = [{ role: 'user' as const, content: prompt + (suffix ?? '') }]
    const { parameters, dropped } = parametersFor(plan, { messages: read }, attempt.refused)
    yield { type: 'attempt', plan, tokenName: token?.name ?? null, dropped }
    // What is refused of a text to go on with says nothing of the model's chats, so nothing is learnt from it.
    const about = { outputTokens: 0, cost: null }
    attempt.send([], () => ({ ...about, inputTokens: estimateTokens(prompt) + estimateTokens(suffix ?? '') }))
    const connection = connections.forPlan(plan, token)
    const stream = complete(
      { ...connection, extraBody: fieldsFor(plan, connection.extraBody) },
      { model: plan.model, prompt, suffix, parameters, signal, onUsage: attempt.onUsage }
    )
    for await (const event of stream) {
      attempt.onActivity(writtenIn(event))
      if (event.type === 'text') attempt.firstPiece()
      yield event.type === 'end' ? { ...event, usage: attempt.complete(event.usage) } : event
    }
  }

  return async function* completeCall(call) {
    const { plan, account, visible, signal } = call
    const { definition, name } = plan.provider
    const { complete } = await protocolFor(definition.protocol)
    if (!complete || !definition.completions)
      throw new FabulaError(ProviderError.NoCompletions, `${name} has no completions`, { details: { provider: name } })
    yield* withTokens({ plan, account, visible, signal, attempt: (attempt) => attemptOf(call, complete, attempt) })
  }
}
