import { z } from 'zod'
import { estimateTokens } from '@main/platform/token-estimate'
import { newAnswerId } from './answer-id'
import type { AnswerHead } from './answer-shape'
import { badField } from './api-error'
import { optional, readsCallerParameters, samplerFields, streamFields } from './caller-parameters'
import { createCompletionRecord, createCompletionWriter } from './completion-answer'
import type { GatewayContext, GatewayPorts } from './gateway-ports'
import { prepareCall } from './prepared-call'
import { fitting, readJson } from './request-body'
import { streamedAnswer, wholeAnswer } from './text-answer'

/** The body of `POST /v1/completions`. */
export const CompletionsBody = z.looseObject({
  model: z.string().min(1).max(1000),
  prompt: z.unknown(),
  suffix: optional(z.string()),
  ...samplerFields,
  ...streamFields,
})

const parametersOf = readsCallerParameters(CompletionsBody)

/** `POST /v1/completions`: a model goes on with a text, where the server behind has that. */
export function createCompletionsRoute(ports: GatewayPorts) {
  return async (context: GatewayContext): Promise<Response> => {
    const body = await readJson(context.req.raw)
    const said = fitting(body, CompletionsBody)
    const { model, prompt: given, stream_options: options } = said
    const [suffix, stream] = [said.suffix ?? undefined, said.stream ?? false]
    const prompt = promptOf(given)
    const asked = {
      model,
      stream,
      includeUsage: options?.include_usage ?? false,
      parameters: parametersOf(body, said),
    }
    const tokens = estimateTokens(prompt) + estimateTokens(suffix ?? '')
    const { call: prepared, limits, created } = prepareCall(context, ports, asked, tokens)
    const { call, visit } = context.env
    const { signal, leave } = visit
    const events = ports.failover.complete({ ...prepared, prompt, ...(suffix === undefined ? {} : { suffix }) })
    const head: AnswerHead = { id: newAnswerId('cmpl'), created, model, reads: tokens }
    try {
      return stream
        ? await streamedAnswer(
            { events, call, limits, signal, leave },
            createCompletionWriter(head, asked.includeUsage),
            ports.patience
          )
        : await wholeAnswer({ events, call, limits }, createCompletionRecord(head))
    } catch (error) {
      throw signal.aborted ? call.abort(signal.reason) : error
    }
  }
}

/** Several prompts would be several answers; numbers of tokens mean something else to each model. */
function promptOf(given: unknown): string {
  const [only, ...others]: unknown[] = Array.isArray(given) ? given : [given]
  if (typeof only === 'number' || Array.isArray(only))
    throw badField('prompt', 'Lists of token numbers cannot be passed on: each model has its own. Send text.')
  if (typeof only !== 'string') throw badField('prompt', '`prompt` must be a text.')
  if (others.length > 0) throw badField('prompt', 'Only one prompt can be gone on with. Send one request for each.')
  return only
}
