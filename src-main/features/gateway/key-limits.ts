import type { GatewayKeyId } from '@contract/ids'
import type { GatewayKeyRow } from '@main/data/gateway-key-store'
import type { Clock } from '@main/platform/clock'
import { dayEnd } from './day'
import { createRequestRate, type RequestRate } from './request-rate'
import type { Spending } from './spending'

/** Which limit of a key a request would pass. */
export interface LimitPassed {
  limit: 'requests' | 'tokens' | 'dollars'
  /** Requests a minute, tokens or US dollars a day. */
  allowed: number
  /** Seconds until another try may succeed; null where no wait helps: the request alone is more than the limit. */
  retryAfter: number | null
}

/** What a request takes of its key's limits while it runs. */
export interface Admitted {
  /** What is left, in the headers that OpenAI's API tells it with. */
  headers: Readonly<Record<string, string>>
  /** The request is over, and what it took is in the ledger. */
  settle(): void
}

/** Holds the requests of each key to its limits. */
export interface KeyLimits {
  /**
   * Takes what is asked for with a key, or says which limit it would pass.
   *
   * @param wanted.request it is a request of its own, and counts by the minute
   * @param wanted.tokens about how many a model will read, which count until the ledger knows better; null where no model
   *   is asked, so that the limits of the day do not matter
   */
  admit(
    key: GatewayKeyRow,
    wanted: { request: boolean; tokens: number | null }
  ): { ok: true; admitted: Admitted } | { ok: false; passed: LimitPassed; headers: Readonly<Record<string, string>> }
  /** Forgets a key that is gone. */
  forget(id: GatewayKeyId): void
}

interface Tally {
  rate: RequestRate
  /** Tokens that running requests read, as far as anybody can tell. */
  running: number
}

/**
 * Limits by the minute are kept in memory, those by the day by the ledger, so that they hold across a restart. A request
 * that runs is let run to its end: what it costs in the end nobody knows before.
 */
export function createKeyLimits(ports: { spending: Spending; clock: Clock }): KeyLimits {
  const { spending, clock } = ports
  const tallies = new Map<GatewayKeyId, Tally>()

  const tallyOf = (id: GatewayKeyId): Tally => {
    const known = tallies.get(id)
    if (known) return known
    const tally = { rate: createRequestRate(), running: 0 }
    tallies.set(id, tally)
    return tally
  }

  const passesDay = (key: GatewayKeyRow, tally: Tally, tokens: number, now: number): LimitPassed | null => {
    const { dollarsPerDay, tokensPerDay } = key
    const untilMidnight = Math.ceil((dayEnd(now) - now) / 1000)
    const today = spending.today(key.id)
    if (dollarsPerDay !== null && today.dollars >= dollarsPerDay)
      return { limit: 'dollars', allowed: dollarsPerDay, retryAfter: untilMidnight }
    if (tokensPerDay !== null && today.tokens + tally.running + tokens > tokensPerDay)
      return { limit: 'tokens', allowed: tokensPerDay, retryAfter: tokens > tokensPerDay ? null : untilMidnight }
    return null
  }
  const passesMinute = ({ requestsPerMinute }: GatewayKeyRow, tally: Tally, now: number): LimitPassed | null => {
    if (requestsPerMinute !== null && !tally.rate.take(requestsPerMinute, now))
      return {
        limit: 'requests',
        allowed: requestsPerMinute,
        retryAfter: Math.ceil(tally.rate.untilNext(requestsPerMinute, now) / 1000),
      }
    return null
  }

  const headersOf = (key: GatewayKeyRow, { rate, running }: Tally, now: number): Record<string, string> => {
    const headers: Record<string, string> = {}
    const { requestsPerMinute, tokensPerDay } = key
    if (requestsPerMinute !== null) {
      headers['x-ratelimit-limit-requests'] = String(requestsPerMinute)
      headers['x-ratelimit-remaining-requests'] = String(rate.left(requestsPerMinute, now))
      headers['x-ratelimit-reset-requests'] = inWords(rate.untilFull(now))
    }
    if (tokensPerDay !== null) {
      const left = tokensPerDay - spending.today(key.id).tokens - running
      headers['x-ratelimit-limit-tokens'] = String(tokensPerDay)
      headers['x-ratelimit-remaining-tokens'] = String(Math.max(0, left))
      headers['x-ratelimit-reset-tokens'] = inWords(dayEnd(now) - now)
    }
    return headers
  }

  return {
    admit: (key, { request, tokens }) => {
      const tally = tallyOf(key.id)
      const now = clock.now()
      // By the minute last: it takes.
      const passed =
        (tokens === null ? null : passesDay(key, tally, tokens, now)) ??
        (request ? passesMinute(key, tally, now) : null)
      if (passed) return { ok: false, passed, headers: headersOf(key, tally, now) }
      tally.running += tokens ?? 0
      let over = false
      const settle = () => {
        if (over) return
        over = true
        tally.running -= tokens ?? 0
      }
      return { ok: true, admitted: { headers: headersOf(key, tally, now), settle } }
    },
    forget: (id) => void tallies.delete(id),
  }
}

/** A time as OpenAI writes it in these headers: `1h2m3s`, `6m0s`, `1s`, `20ms`. */
export function inWords(ms: number): string {
  if (ms > 0 && ms < 1000) return `${Math.ceil(ms)}ms`
  const seconds = Math.ceil(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const largest = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : ''
  return `${largest}${seconds % 60}s`
}
