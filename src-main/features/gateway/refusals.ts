import { ApiError } from '@main/gateway/api-error'
import type { Refusal } from '@main/http/listen'
import type { LimitPassed } from './key-limits'
import type { KeyProblem } from './keys'

/** A wait that is longer than this is none that a client should sit out by itself. Seconds. */
const LONGEST_WAIT = 60

const keyProblems: Record<KeyProblem, string> = {
  missing: 'A key is missing. Send a key of the gateway in the header `Authorization: Bearer …`; Fabula makes them.',
  malformed: 'This is no key of the gateway, or only a part of one. Copy the whole key, or make a new one in Fabula.',
  unknown: 'This key was revoked, or is another gateway’s. Make a new one in Fabula.',
  expired: 'This key has expired. Make a new one in Fabula, or give this one more time there.',
}

/** Why a request may not come in. */
export const badKey = (problem: KeyProblem): ApiError =>
  new ApiError(401, 'invalid_api_key', keyProblems[problem], { headers: { 'www-authenticate': 'Bearer' } })

/** What a program is told whose key was revoked while it was answered. */
export const revokedKey = (): ApiError =>
  new ApiError(401, 'invalid_api_key', 'This key was revoked while the answer came.')

/** What a program is told that is still being answered when the gateway may wait no longer. */
export const gatewayStops = (): ApiError =>
  new ApiError(503, 'gateway_stopping', 'The gateway was switched off while the answer came.', { retryable: true })

/** Which limit of its key a request would pass. */
export function limitPassed(
  { limit, allowed, running, retryAfter }: LimitPassed,
  headers: Readonly<Record<string, string>>
): ApiError {
  const retryable = retryAfter !== null && retryAfter <= LONGEST_WAIT
  const more = { retryAfter, retryable, headers }
  if (running) {
    const most = limit === 'dollars' ? `spend $${allowed}` : `use ${allowed} tokens`
    return new ApiError(
      429,
      'rate_limit_exceeded',
      `This key may ${most} a day, and what is left may go to its requests that are being answered. Wait for them to end.`,
      { ...more, type: limit === 'dollars' ? 'requests' : limit }
    )
  }
  switch (limit) {
    case 'requests':
      return new ApiError(429, 'rate_limit_exceeded', `This key may ask ${allowed} times a minute. Wait a moment.`, {
        ...more,
        type: 'requests',
      })
    case 'tokens':
      return new ApiError(
        429,
        'rate_limit_exceeded',
        retryAfter === null
          ? `This request is longer than the ${allowed} tokens that this key may use in a day. Shorten it, or raise the limit in Fabula.`
          : `This key may use ${allowed} tokens a day, and they do not suffice for this request. Wait until tomorrow, or raise the limit in Fabula.`,
        { ...more, type: 'tokens' }
      )
    case 'dollars':
      return new ApiError(
        429,
        'insufficient_quota',
        `This key may spend $${allowed} a day, and they are spent. Wait until tomorrow, or raise the limit in Fabula.`,
        { ...more, type: 'insufficient_quota' }
      )
  }
}

/** A web page that may not ask. */
export const foreignOrigin = (origin: string): ApiError =>
  new ApiError(
    403,
    'origin_not_allowed',
    `Web pages of ${origin.slice(0, 200)} may not ask this gateway. Allow the origin in the gateway's settings in Fabula.`
  )

const groundRefusals: Record<Refusal, readonly [code: string, message: string]> = {
  'bad-address': ['invalid_url', 'The address of the request cannot be read.'],
  'foreign-host': [
    'host_not_allowed',
    'The gateway is not called so. Ask it by the address that Fabula shows, or by localhost.',
  ],
  'too-many-headers': ['too_many_headers', 'The request has too many headers.'],
  stopping: ['gateway_stopping', 'The gateway is being switched off.'],
}

/** What a program is told that comes no further than the ground. */
export const refusedByGround = (refusal: Refusal, status: number): ApiError =>
  new ApiError(status, ...groundRefusals[refusal])
