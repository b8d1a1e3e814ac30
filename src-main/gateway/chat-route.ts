import type { ChatMessage } from '@main/providers/spec/chat'
import type { CallEvent } from '@main/routing/chat-call'
import type { FailoverCall } from '@main/routing/failover'
import { promptTokens } from '@main/settings/context-window'
import { allowedModel } from './allowed-model'
import { newAnswerId } from './answer-id'
import { badField } from './api-error'
import { settingsOver } from './caller-settings'
import { createAnswerRecord, type AnswerHead } from './chat-answer'
import { readChatRequest, type ChatAsked } from './chat-request'
import { streamAnswer } from './chat-stream'
import type { GatewayContext, GatewayPorts } from './gateway-ports'
import type { ModelCall } from './model-call'
import { readJson } from './request-body'

/** `POST /v1/chat/completions` */
export function createChatRoute({ failover, models, clock, patience }: GatewayPorts) {
  return async (context: GatewayContext): Promise<Response> => {
    const { visit, call } = context.env
    const asked = readChatRequest(await readJson(context.req.raw))
    call.named(asked.model)
    const model = allowedModel(models, visit.caller, asked.model)
    if (model.kind === 'embedding')
      throw badField('model', `The model \`${asked.model}\` makes vectors. Ask POST /v1/embeddings for them.`)
    const limits = visit.admit({ model: model.id, tokens: promptTokens(asked) })
    const leaving = new AbortController()
    const signal = AbortSignal.any([visit.signal, leaving.signal])
    const events = failover.chat({
      role: model.role,
      settings: model.settings,
      fallback: model.fallback,
      ...(model.at ? { at: model.at } : {}),
      over: (plan) => settingsOver(plan, 'chat', asked.parameters),
      messages: () => asked.messages,
      ...wantedOf(asked),
      // Whoever waits for the whole sees nothing of it before: a model that breaks off can still be replaced.
      visible: asked.stream,
      purpose: visit.caller.purpose,
      signal,
    })
    const head: AnswerHead = {
      id: newAnswerId('chatcmpl'),
      created: Math.floor(clock.now() / 1000),
      model: asked.model,
    }
    try {
      return asked.stream
        ? await streamAnswer({
            events,
            call,
            head,
            limits,
            includeUsage: asked.includeUsage,
            leaving,
            signal,
            patience,
          })
        : await wholeAnswer(events, call, head, limits)
    } catch (error) {
      throw signal.aborted ? call.abort(signal.reason) : error
    }
  }
}

async function wholeAnswer(
  events: AsyncIterable<CallEvent<ChatMessage>>,
  call: ModelCall,
  head: AnswerHead,
  limits: Readonly<Record<string, string>>
): Promise<Response> {
  const record = createAnswerRecord(head)
  for await (const event of events) {
    if (event.type === 'attempt') {
      record.begin()
      call.attempt(event.plan, event.dropped)
    } else record.add(event)
  }
  call.complete(record.usage())
  return Response.json(record.body(), { headers: { ...limits, ...call.headers() } })
}

/** What the answer is to be, beside words. */
const wantedOf = ({
  tools,
  toolChoice,
  parallelToolCalls,
  responseFormat,
}: ChatAsked): Pick<
  FailoverCall<ChatMessage>,
  'tools' | 'toolChoice' | 'parallelToolCalls' | 'responseFormat' | 'formatRequired'
> => ({
  ...(tools ? { tools } : {}),
  ...(toolChoice === undefined ? {} : { toolChoice }),
  ...(parallelToolCalls === undefined ? {} : { parallelToolCalls }),
  // A program that asks for JSON cannot use anything else.
  ...(responseFormat ? { responseFormat: () => responseFormat, formatRequired: true } : {}),
})
