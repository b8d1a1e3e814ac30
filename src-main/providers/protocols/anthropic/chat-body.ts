import { z } from 'zod'
import type { JsonObject } from '@contract/values'
import { mergeInto } from '@main/providers/kit/merge-json'
import { requestBody } from '@main/providers/kit/request-body'
import { wireModel } from '@main/providers/kit/wire-model'
import type { ChatRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { conversationOf } from './conversation'
import { thoughtBlocks } from './thoughts'
import { toolFields } from './tool-fields'

const Thinking = z.looseObject({ type: z.string().optional(), budget_tokens: z.number().optional() })
const Limit = z.number().catch(0)

export interface ChatBody {
  body: JsonObject
  /** The tool through which a structured answer comes; null where none is offered for it. */
  answerTool: string | null
}

/** The body of `POST /messages`. */
export function chatBody(connection: Connection, request: ChatRequest): ChatBody {
  const { requiredParameters } = connection.definition
  const body = requestBody(connection, requiredParameters, request.parameters)
  const thinking = thinkingIn(body)
  const { fields, answerTool, forced } = toolFields(request, thinking !== 'disabled')
  // No call can be forced while the model thinks. And of a model that thinks on a budget, the API wants the thoughts back that
  // came before the last call, with their signature, which not every caller keeps.
  if (forced || (thinking === 'enabled' && lacksThoughts(request))) delete body['thinking']
  const { system, messages } = conversationOf(request.messages, body['thinking'] !== undefined)
  completeThinking(body, requiredParameters, request.parameters)
  mergeInto(body, fields)
  const fixed = { model: wireModel(connection, 'chat', request.model), messages, stream: true }
  return { body: { ...body, ...(system === null ? {} : { system }), ...fixed }, answerTool }
}

/** The last answer called tools, and what was thought before is gone. */
function lacksThoughts({ messages }: ChatRequest): boolean {
  const answer = messages.findLast(({ role }) => role === 'assistant')
  return answer !== undefined && 'toolCalls' in answer && thoughtBlocks(answer).length === 0
}

/** The kind of thinking that the settings mean: a budget is the older kind, anything else the newer one. */
function thinkingIn(body: JsonObject): string {
  const thinking = Thinking.safeParse(body['thinking']).data
  if (!thinking) return 'disabled'
  return thinking.type ?? (thinking.budget_tokens === undefined ? 'adaptive' : 'enabled')
}

/**
 * Says the kind of thinking. A budget is part of `max_tokens`; where the user set no limit, the room for the answer is kept
 * beside it.
 */
function completeThinking(body: JsonObject, required: JsonObject, parameters: JsonObject): void {
  const thinking = Thinking.safeParse(body['thinking']).data
  if (!thinking) return
  mergeInto(body, { thinking: { type: thinkingIn(body) } })
  if (thinking.budget_tokens !== undefined && parameters['max_tokens'] === undefined)
    body['max_tokens'] = thinking.budget_tokens + Limit.parse(required['max_tokens'])
}
