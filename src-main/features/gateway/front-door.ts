import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import type { GatewaySettings } from '@contract/entities/gateway'
import type { Call, CallPurpose } from '@contract/entities/usage'
import type { GatewayKeyId } from '@contract/ids'
import type { GatewayKeyRow } from '@main/data/gateway-key-store'
import type { GatewayApp } from '@main/gateway/create-gateway-app'
import { ApiError } from '@main/gateway/api-error'
import type { Outcome, Visit } from '@main/gateway/visit'
import { allowOrigins } from '@main/http/origins'
import { bearerOf } from '@main/http/secret'
import type { GatewayDoor } from './gateway'
import type { KeyLimits } from './key-limits'
import { mayUse, type GatewayKeys } from './keys'
import { badKey, foreignOrigin, gatewayStops, limitPassed, refusedByGround, revokedKey } from './refusals'
import type { FollowedRequest, RequestLog } from './request-log'

/** What the ledger calls programs that ask without a key. */
const NO_KEY = '–'

/** What a page of an allowed origin may read of an answer's head. */
const EXPOSED = [
  'x-request-id',
  'x-fabula-model',
  'x-fabula-provider',
  'x-fabula-attempts',
  'x-fabula-dropped',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
  'x-ratelimit-limit-tokens',
  'x-ratelimit-remaining-tokens',
  'x-ratelimit-reset-tokens',
  'retry-after',
]

/** What ends each of the requests that are being answered at one place. */
type Guests = Set<AbortController>

type GatewayPurpose = Extract<CallPurpose, { kind: 'gateway' }>

/** Where programs come in: it knows them by their keys, holds them to their limits, and writes down that they were there. */
export interface FrontDoor extends GatewayDoor {
  /** A call that somebody asked for has come to its end. */
  noteCall(call: Pick<Call, 'purpose' | 'cost'>): void
  /** Ends what is being answered with a key. */
  endRequestsOf(id: GatewayKeyId): void
}

export function createFrontDoor(ports: {
  keys: Pick<GatewayKeys, 'identify' | 'noteUse'>
  limits: Pick<KeyLimits, 'admit'>
  log: Pick<RequestLog, 'begin'>
  settings: () => GatewaySettings
  keyNeeded: () => boolean
  answer: GatewayApp
  /** Answers what needs no key; null for anything else. */
  answerAnyone: (request: Request) => Promise<Response> | null
}): FrontDoor {
  const { keys, limits, log, settings, keyNeeded, answer, answerAnyone } = ports
  const running = new Map<GatewayKeyId, Set<AbortController>>()
  /** What the attempts of a request that runs have cost so far. */
  const costs = new WeakMap<CallPurpose, number>()

  /** Whose request it is; null where it comes without a key and needs none. */
  const identify = (authorization: string | undefined): GatewayKeyRow | null => {
    const found = keys.identify(bearerOf(authorization))
    if (found.ok) return found.key
    // Clients that cannot do without a key send any. One that was ours once, and is no longer, is no such key.
    if (!keyNeeded() && (found.problem === 'missing' || found.problem === 'malformed')) return null
    throw badKey(found.problem)
  }

  const visitOf = (request: Request, key: GatewayKeyRow | null, followed: FollowedRequest, guests: Guests) => {
    const purpose: GatewayPurpose = { kind: 'gateway', keyName: key?.name ?? NO_KEY, keyId: key?.id ?? null }
    const guard = new AbortController()
    const leave = () => guard.abort()
    request.signal.addEventListener('abort', leave, { once: true })
    guests.add(guard)
    const own = key && (running.get(key.id) ?? new Set())
    if (key && own) running.set(key.id, own.add(guard))
    let settle = () => {}
    /** Of the answer's head, once it is out. */
    let status: number | null = null

    const end = ({ model, answeredBy, attempts, usage, error, left }: Outcome) => {
      request.signal.removeEventListener('abort', leave)
      guests.delete(guard)
      own?.delete(guard)
      if (key && own?.size === 0) running.delete(key.id)
      settle()
      if (key) keys.noteUse(key.id)
      followed.end({
        model,
        answeredBy,
        attempts,
        inputTokens: usage?.inputTokens ?? null,
        outputTokens: usage?.outputTokens ?? null,
        cost: costs.get(purpose) ?? null,
        status: left ? LEFT : (status ?? error?.status ?? 200),
        error: error && { code: error.code, message: error.message, cause: error.origin },
      })
    }
    const visit: Visit = {
      caller: {
        purpose,
        mayUse: (model) => key === null || mayUse(key, model),
        manages: key?.manages ?? false,
      },
      signal: guard.signal,
      named: (model) => followed.note({ model }),
      leave,
      admit: (use) => {
        if (!key) return {}
        const answered = limits.admit(key, { request: true, use })
        if (!answered.ok) throw limitPassed(answered.passed, answered.headers)
        settle = answered.admitted.settle
        return answered.admitted.headers
      },
      end,
    }
    const headIsOut = (sent: number) => {
      status = sent
      followed.note({ status: sent })
    }
    return { visit, headIsOut }
  }

  const answerProgram = async (request: Request, guests: Guests): Promise<Response> => {
    const open = answerAnyone(request)
    if (open) return open
    const followed = log.begin({ method: request.method, path: getPath(request) })
    try {
      const key = identify(request.headers.get('authorization') ?? undefined)
      if (key) followed.note({ keyName: key.name })
      const { visit, headIsOut } = visitOf(request, key, followed, guests)
      const response = await answer(request, visit)
      headIsOut(response.status)
      return response
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return refuse(error, followed)
    }
  }
  const forPages = new Hono<{ Bindings: { guests: Guests } }>()
    .use(
      allowOrigins({
        allowed: () => settings().origins,
        exposed: EXPOSED,
        refuse: (origin, request) => refuse(foreignOrigin(origin), log.begin(request)),
      })
    )
    .all('*', ({ req, env: { guests } }) => answerProgram(req.raw, guests))

  return {
    open: () => {
      const guests: Guests = new Set()
      return {
        // Programs that are no browser name no origin.
        fetch: (request) =>
          request.headers.has('origin') ? forPages.fetch(request, { guests }) : answerProgram(request, guests),
        endRequests: () => {
          for (const guard of guests) guard.abort(gatewayStops())
        },
      }
    },
    refusalBody: (refusal, status) => refusedByGround(refusal, status).toBody(),
    noteCall: ({ purpose, cost }) => {
      if (purpose.kind === 'gateway' && cost !== null) costs.set(purpose, (costs.get(purpose) ?? 0) + cost)
    },
    endRequestsOf: (id) => {
      for (const guard of running.get(id) ?? []) guard.abort(revokedKey())
    },
  }
}

function refuse(error: ApiError, followed: FollowedRequest): Response {
  const { status, code, message, origin: cause } = error
  followed.end({ status, error: { code, message, cause } })
  return error.toResponse()
}

/** The status that nginx has for a program that left before its answer. */
const LEFT = 499
