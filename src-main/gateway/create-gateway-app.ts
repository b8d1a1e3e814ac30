import { Hono } from 'hono'
import { setHeader } from '@main/platform/late-response'
import { newAnswerId } from './answer-id'
import { ApiError } from './api-error'
import { createChatRoute } from './chat-route'
import { createCompletionsRoute } from './completions-route'
import { createEmbeddingsRoute } from './embeddings-route'
import type { GatewayContext, GatewayPorts } from './gateway-ports'
import { followCall, type ModelCall } from './model-call'
import { createModelRoute, createModelsRoute } from './models-route'
import { createSpeechRoute } from './speech/speech-route'
import type { Visit } from './visit'

/** Answers a request of a program whose key was checked; never throws. */
export type GatewayApp = (request: Request, visit: Visit) => Promise<Response>

/** OpenAI's API over Fabula's routing: everything below `/v1`. */
export function createGatewayApp(ports: GatewayPorts): GatewayApp {
  const app = new Hono<{ Bindings: { visit: Visit; call: ModelCall } }>({ strict: false })
  const known: string[] = []
  const at = (
    path: string,
    method: 'GET' | 'POST',
    route: (context: GatewayContext) => Response | Promise<Response>
  ) => {
    if (!path.endsWith('*')) known.push(path)
    app.on(method, path, route)
    app.all(path, ({ req }) => {
      throw wrongMethod(req, method)
    })
  }
  at('/v1/models', 'GET', createModelsRoute(ports.models))
  at('/v1/models/*', 'GET', createModelRoute(ports.models))
  at('/v1/chat/completions', 'POST', createChatRoute(ports))
  at('/v1/completions', 'POST', createCompletionsRoute(ports))
  at('/v1/embeddings', 'POST', createEmbeddingsRoute(ports))
  at('/v1/audio/speech', 'POST', createSpeechRoute(ports))
  const fail = (error: unknown, { env: { call, visit } }: GatewayContext): Response => {
    const { aborted, reason } = visit.signal
    const response = (aborted ? call.abort(reason) : call.fail(error)).toResponse()
    // Whom it was that failed, and how often it was tried.
    for (const [name, value] of Object.entries(call.headers())) response.headers.set(name, value)
    return response
  }
  app.notFound((context) => fail(unknownUrl(context.req, known), context))
  app.onError(fail)

  return async (request, visit) => {
    const response = await app.fetch(request, { visit, call: followCall(visit, ports.toApiError) })
    // Clients show it with an error, so that whoever asks for help can name it.
    setHeader(response, 'x-request-id', newAnswerId('req'))
    return response
  }
}

type Addressed = Pick<GatewayContext['req'], 'method' | 'path'>

/** Programs are given a base address, and put theirs behind it: where that is wrong, all that they ask is. */
const unknownUrl = ({ method, path }: Addressed, known: readonly string[]): ApiError =>
  new ApiError(
    404,
    'unknown_url',
    `Unknown request URL: ${method} ${shown(path)}. ${
      /^\/v1\/(?!v1\/)/.test(path) && !known.some((one) => path.startsWith(`${one}/`))
        ? `The gateway has ${known.join(', ')}.`
        : 'The base address that a program is given ends in /v1, with nothing behind it.'
    }`
  )

const wrongMethod = ({ method, path }: Addressed, allowed: string): ApiError =>
  new ApiError(405, 'method_not_allowed', `Not allowed to ${method} on ${shown(path)}. Use ${allowed}.`, {
    allow: allowed,
  })

const shown = (path: string) => path.slice(0, 200)
