import type { ChatMessage } from '@main/providers/spec/chat'
import type { FailoverCall } from '@main/routing/failover'
import { promptTokens } from '@main/settings/context-window'
import { newAnswerId } from './answer-id'
import type { AnswerHead } from './answer-shape'
import { createAnswerRecord, createChunkWriter } from './chat-answer'
import { readChatRequest, type ChatAsked } from './chat-request'
import type { GatewayContext, GatewayPorts } from './gateway-ports'
import { prepareCall } from './prepared-call'
import { readJson } from './request-body'
import { streamedAnswer, wholeAnswer } from './text-answer'

/** `POST /v1/chat/completions` */
export function createChatRoute(ports: GatewayPorts) {
  return async (context: GatewayContext): Promise<Response> => {
    const asked = readChatRequest(await readJson(context.req.raw))
    const reads = promptTokens(asked)
    const { call: prepared, limits, created } = prepareCall(context, ports, asked, reads)
    const { call, visit } = context.env
    const { signal, leave } = visit
    const events = ports.failover.chat({ ...prepared, messages: () => asked.messages, ...wantedOf(asked) })
    const head: AnswerHead = { id: newAnswerId('chatcmpl'), created, model: asked.model, reads }
    try {
      return asked.stream
        ? await streamedAnswer(
            { events, call, limits, signal, leave },
            createChunkWriter(head, asked.includeUsage),
            ports.patience
          )
        : await wholeAnswer({ events, call, limits }, createAnswerRecord(head))
    } catch (error) {
      throw signal.aborted ? call.abort(signal.reason) : error
    }
  }
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
