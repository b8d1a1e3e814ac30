import { getPath } from 'hono/utils/url'
import { Hono, type Context } from 'hono'
import { stringOf } from '@contract/json'
import { FabulaError } from '@contract/errors'
import { newAnswerId } from '@main/gateway/answer-id'
import { ApiError } from '@main/gateway/api-error'
import type { GatewayApp } from '@main/gateway/create-gateway-app'
import { followCall, type ModelCall } from '@main/gateway/model-call'
import type { Caller, Visit } from '@main/gateway/visit'
import { apiOperations } from './api-operations'
import type { ApiPorts } from './api-ports'
import { docsHeaders, docsPage } from './docs-page'
import { healthOperation } from './health'
import { openAiOperations } from './openai-operations'
import { openApiDocument } from './openapi-document'
import { nothingThere, type ApiRequest } from './operation'

/** Fabula's own API. */
export interface ApiApp {
  /** Answers a request below `/api` of a program whose key was checked. Never throws. */
  answer: GatewayApp
  /** Answers what needs no key: `/healthz`, `/openapi.json` and `/docs`; null for anything else. Never throws. */
  answerAnyone(request: Request): Promise<Response> | null
}

interface Bindings {
  visit: Visit
  call: ModelCall
}

export function createApiApp(ports: ApiPorts): ApiApp {
  const operations = apiOperations(ports)
  const app = new Hono<{ Bindings: Bindings }>({ strict: false })
  for (const one of operations)
    app.on(one.method, routeOf(one.path), async ({ req, env: { visit, call } }) => {
      checkRights(visit.caller)
      const limits = visit.admit(null)
      let staysOpen = false
      const stays = () => {
        staysOpen = true
        return (left: boolean) => void (left ? call.abort(visit.signal.reason) : call.complete(null))
      }
      const response = await one.answer({ ...requestOf(req, visit), stays })
      for (const [name, value] of Object.entries(limits)) response.headers.set(name, value)
      if (!staysOpen) call.complete(null)
      return response
    })
  for (const path of new Set(operations.map((one) => one.path)))
    app.all(routeOf(path), ({ req }) => {
      const allowed = operations.filter((one) => one.path === path).map(({ method }) => method)
      throw wrongMethod(req.method, allowed)
    })
  app.notFound(({ env: { call } }) => call.fail(nothingThere()).toResponse())
  app.onError((error, { env: { call, visit } }) => {
    const { aborted, reason } = visit.signal
    return (aborted ? call.abort(reason) : call.fail(toApiError(ports, error))).toResponse()
  })

  const health = healthOperation(ports.version)
  const described = [...openAiOperations, ...operations, health]
  // Written when they are first asked for: most starts need neither.
  let document: string | null = null
  let page: Promise<string> | null = null
  const open: Readonly<Record<string, (request: Request) => Promise<Response> | Response>> = {
    '/healthz': (request) =>
      health.answer({ raw: request, path: {}, query: {}, caller: null, signal: request.signal, stays: () => () => {} }),
    '/openapi.json': () => {
      document ??= JSON.stringify(openApiDocument(described, ports.version))
      return new Response(document, { headers: { 'content-type': 'application/json; charset=utf-8' } })
    },
    '/docs': async () => {
      page ??= docsPage(described, ports.version)
      return new Response(await page, { headers: docsHeaders })
    },
  }

  return {
    answer: async (request, visit) => {
      const response = await app.fetch(request, { visit, call: followCall(visit, ports.toApiError) })
      response.headers.set('x-request-id', newAnswerId('req'))
      return response
    },
    answerAnyone: (request) => {
      const pathname = getPath(request)
      const answer = Object.hasOwn(open, pathname) ? open[pathname] : undefined
      return answer ? answerOpen(request, answer) : null
    },
  }
}

/** The key's right to more than asking models. Where none is needed, nobody has it: any web page or program could change what is paid. */
function checkRights({ manages }: Caller): void {
  if (manages) return
  throw new ApiError(
    403,
    'key_may_not_manage',
    'This key may ask models, and no more. Give a key the right to manage Fabula in its settings, under Gateway, and use that one.'
  )
}

const requestOf = (req: Context['req'], { caller, signal }: Visit): Omit<ApiRequest, 'stays'> => ({
  raw: req.raw,
  path: req.param(),
  query: req.queries(),
  caller,
  signal,
})

/** As Hono writes it. Names of models have slashes in them. */
const routeOf = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (path === '/api/models/{id}' ? `:${name}{.+}` : `:${name}`))

const wrongMethod = (method: string, allowed: readonly string[]): ApiError =>
  new ApiError(405, 'method_not_allowed', `Not allowed to ${method.slice(0, 20)} here. Use ${allowed.join(' or ')}.`, {
    allow: allowed.join(', '),
  })

/** A failure with the field that it names, by the name that the field has in the API. */
function toApiError({ toApiError: translate }: Pick<ApiPorts, 'toApiError'>, thrown: unknown): ApiError {
  const error = thrown instanceof ApiError ? thrown : translate(thrown)
  const { cause } = error
  const path = cause instanceof FabulaError ? stringOf(cause.details['path']) : undefined
  return error.param !== null || path === undefined ? error : error.about(inSnakeCase(path))
}

/** `contextLength` is `context_length`, and `source.text:3` the third line of that text. */
const inSnakeCase = (path: string): string =>
  path.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

async function answerOpen(
  request: Request,
  answer: (request: Request) => Promise<Response> | Response
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return wrongMethod(request.method, ['GET']).toResponse()
  const response = await answer(request)
  return request.method === 'HEAD' ? new Response(null, response) : response
}
