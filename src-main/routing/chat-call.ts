import type { JsonObject } from '@contract/values'
import { through, type EventFilter } from '@main/providers/kit/event-filter'
import { emptyAnswer } from '@main/providers/kit/failures'
import { withoutInlineThinking } from '@main/providers/kit/inline-thinking'
import { requestBody } from '@main/providers/kit/request-body'
import { protocolFor } from '@main/providers/registry'
import { promptTokens } from '@main/settings/context-window'
import type { ChatEvent, ChatMessage, ResponseFormat, TextMessage, ToolOffer } from '@main/providers/spec/chat'
import { writtenIn } from './attempt-count'
import type { CallPlan } from './call-plan'
import { fieldsFor, parametersFor } from './call-parameters'
import type { Connections } from './connections'
import type { CallAccount } from './ledger'
import { withReasoning } from './reasoning-back'
import { throwIfUnfit } from './request-fit'
import type { Attempt, WithTokens } from './with-tokens'

export interface ChatCall<Message extends ChatMessage = TextMessage> extends ToolOffer {
  plan: CallPlan
  messages: readonly Message[]
  responseFormat?: ResponseFormat
  /**
   * A reader sees the answer as it comes: then a failure after its first word or the first piece of a tool call ends the
   * call. One that nobody sees, like a draft, is given up instead, and the call begins anew: whoever collects it begins
   * anew at each `attempt`.
   */
  visible: boolean
  account: CallAccount
  signal: AbortSignal
}

/** What goes out with an attempt; the protocol brings it into the form that the provider takes. */
export interface SentRequest<Message extends ChatMessage = TextMessage> {
  messages: readonly Message[]
  /** All settings of the request body: the definition's, the user's own fields, and those of the model. */
  parameters: JsonObject
  responseFormat: ResponseFormat | null
}

/** Comes before each try. */
export interface AttemptStart {
  type: 'attempt'
  plan: CallPlan
  tokenName: string | null
  /** Settings that were set but are not sent. */
  dropped: string[]
}

/** The same with what will be sent. */
export interface AttemptEvent<Message extends ChatMessage = TextMessage> extends AttemptStart {
  sent: SentRequest<Message>
}

/** An attempt, and then what the model answers to it. */
export type CallEvent<Message extends ChatMessage = TextMessage> = AttemptEvent<Message> | ChatEvent

/** Throws at once what the model cannot take (`request-fit.ts`). */
export type ChatCaller = <Message extends ChatMessage>(call: ChatCall<Message>) => AsyncGenerator<CallEvent<Message>>

/** Calls a model by a plan, with the keys of the plan (`with-tokens.ts`). */
export function createChatCaller(ports: { connections: Connections; withTokens: WithTokens }): ChatCaller {
  const { connections, withTokens } = ports

  async function* attemptOf<Message extends ChatMessage>(
    call: ChatCall<Message>,
    attempt: Attempt
  ): AsyncGenerator<CallEvent<Message>> {
    const { plan, token, signal } = attempt
    const { responseFormat, tools, toolChoice, parallelToolCalls } = call
    const { definition } = plan.provider
    const { parameters, dropped, sent: placed } = parametersFor(plan, call, attempt.refused)
    const refused = [...(plan.facts?.refused ?? []), ...attempt.refused]
    const { messages, settings } = withReasoning(call.messages, placed, refused)
    const sent: SentRequest<Message> = {
      messages,
      parameters: requestBody(
        { extraBody: fieldsFor(plan, plan.provider.row.extraBody) },
        definition.requiredParameters,
        parameters
      ),
      responseFormat: responseFormat ?? null,
    }
    yield { type: 'attempt', plan, tokenName: token?.name ?? null, dropped, sent }
    const about = { outputTokens: 0, cost: null }
    attempt.send(settings, () => ({ ...about, inputTokens: promptTokens({ messages, ...(tools ? { tools } : {}) }) }))
    const connection = connections.forPlan(plan, token)
    const protocol = await protocolFor(definition.protocol)
    const stream = protocol.chat(
      { ...connection, extraBody: fieldsFor(plan, connection.extraBody) },
      {
        model: plan.model,
        messages,
        parameters,
        responseFormat,
        tools,
        toolChoice,
        parallelToolCalls,
        signal,
        onUsage: attempt.onUsage,
      }
    )
    const offersTools = tools !== undefined && tools.length > 0
    const filters = [...(offersTools ? [] : [withoutCalls]), withoutInlineThinking(), withoutLeadingBlank()]
    let answered = false
    for await (const came of stream) {
      attempt.onActivity(writtenIn(came))
      for (const event of through(filters, came)) {
        if (event.type === 'text' || event.type === 'toolCall') {
          answered = true
          attempt.firstPiece()
        }
        // Thinking alone is no answer, and is charged for.
        if (event.type === 'end' && !answered) {
          attempt.onUsage(event.usage)
          throw emptyAnswer({ ...connection, model: plan.model }, event.reason === 'length')
        }
        yield event.type === 'end' ? { ...event, usage: attempt.complete(event.usage) } : event
      }
    }
  }

  return (call) => {
    const { plan, account, visible, signal } = call
    throwIfUnfit(plan, call)
    return withTokens({ plan, account, visible, signal, attempt: (attempt) => attemptOf(call, attempt) })
  }
}

/** An answer without the tool calls that a model makes although it was offered no tools: they are no answer to anybody. */
const withoutCalls: EventFilter = (event) => {
  if (event.type === 'toolCall') return []
  return [event.type === 'end' && event.reason === 'toolCalls' ? { ...event, reason: 'stop' } : event]
}

/**
 * An answer whose white space before the first word is kept back until that word comes: alone it is no answer, and
 * nothing that a reader has seen.
 */
function withoutLeadingBlank(): EventFilter {
  let blank: string | null = ''
  return (event) => {
    if (event.type !== 'text' || blank === null) return [event]
    blank += event.text
    if (blank.trim() === '') return []
    const text = blank
    blank = null
    return [{ type: 'text', text }]
  }
}
