import type { GatewayKeyId } from '@contract/ids'
import type { GatewayKeyRow } from '@main/data/gateway-key-store'
import type { Clock } from '@main/platform/clock'
import type { ExpectedUse } from '@main/gateway/expected-use'
import { dayEnd } from './day'
import { createRequestRate, type RequestRate } from './request-rate'
import type { Spending } from './spending'

/** Which limit of a key a request would pass. */
export interface LimitPassed {
  limit: 'requests' | 'tokens' | 'dollars'
  /** Requests a minute, tokens or US dollars a day. */
  allowed: number
  /** Only what is kept for requests that run stands in the way: their end may make room. */
  running: boolean
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
   * @param wanted.use what counts until the ledger knows better; null where no model is asked, so that the limits of the
   *   day do not matter
   */
  admit(
    key: GatewayKeyRow,
    wanted: { request: boolean; use: ExpectedUse | null }
  ): { ok: true; admitted: Admitted } | { ok: false; passed: LimitPassed; headers: Readonly<Record<string, string>> }
  /** Forgets a key that is gone. */
  forget(id: GatewayKeyId): void
}

interface Tally {
  rate: RequestRate
  /** What running requests take, as far as anybody can tell: tokens that they read, tokens that they may write, US dollars. */
  reads: number
  writes: number
  dollars: number
}

/** Seconds after which one of the requests that run may have ended. */
const SOON = 1

/**
 * Limits by the minute are kept in memory, those by the day by the ledger, so that they hold across a restart. What a
 * request is expected to take is kept for it while it runs, so that many at once do not pass a limit that each alone would
 * keep. One that runs is let run to its end: what it costs in the end nobody knows before. So the last one may go over.
 */
export function createKeyLimits(ports: { spending: Spending; clock: Clock }): KeyLimits {
  const { spending, clock } = ports
  const tallies = new Map<GatewayKeyId, Tally>()

  const tallyOf = (id: GatewayKeyId): Tally => {
    const known = tallies.get(id)
    if (known) return known
    const tally = { rate: createRequestRate(), reads: 0, writes: 0, dollars: 0 }
    tallies.set(id, tally)
    return tally
  }

  const passesDay = (key: GatewayKeyRow, tally: Tally, reads: number, now: number): LimitPassed | null => {
    const { dollarsPerDay, tokensPerDay } = key
    const untilMidnight = Math.ceil((dayEnd(now) - now) / 1000)
    const today = spending.today(key.id)
    if (dollarsPerDay !== null && today.dollars + tally.dollars >= dollarsPerDay) {
      const running = today.dollars < dollarsPerDay
      return { limit: 'dollars', allowed: dollarsPerDay, running, retryAfter: running ? SOON : untilMidnight }
    }
    if (tokensPerDay !== null && today.tokens + tally.reads + tally.writes + reads > tokensPerDay) {
      const running = today.tokens + reads <= tokensPerDay
      const retryAfter = reads > tokensPerDay ? null : running ? SOON : untilMidnight
      return { limit: 'tokens', allowed: tokensPerDay, running, retryAfter }
    }
    return null
  }
  const passesMinute = ({ requestsPerMinute }: GatewayKeyRow, tally: Tally, now: number): LimitPassed | null => {
    if (requestsPerMinute !== null && !tally.rate.take(requestsPerMinute, now))
      return {
        limit: 'requests',
        allowed: requestsPerMinute,
        running: false,
        retryAfter: Math.ceil(tally.rate.untilNext(requestsPerMinute, now) / 1000),
      }
    return null
  }

  const headersOf = (key: GatewayKeyRow, { rate, reads }: Tally, now: number): Record<string, string> => {
    const headers: Record<string, string> = {}
    const { requestsPerMinute, tokensPerDay } = key
    if (requestsPerMinute !== null) {
      headers['x-ratelimit-limit-requests'] = String(requestsPerMinute)
      headers['x-ratelimit-remaining-requests'] = String(rate.left(requestsPerMinute, now))
      headers['x-ratelimit-reset-requests'] = inWords(rate.untilFull(now))
    }
    if (tokensPerDay !== null) {
      const left = tokensPerDay - spending.today(key.id).tokens - reads
      headers['x-ratelimit-limit-tokens'] = String(tokensPerDay)
      headers['x-ratelimit-remaining-tokens'] = String(Math.max(0, left))
      headers['x-ratelimit-reset-tokens'] = inWords(dayEnd(now) - now)
    }
    return headers
  }

  return {
    admit: (key, { request, use }) => {
      const tally = tallyOf(key.id)
      const now = clock.now()
      // By the minute last: it takes.
      const passed = (use && passesDay(key, tally, use.reads, now)) ?? (request ? passesMinute(key, tally, now) : null)
      if (passed) return { ok: false, passed, headers: headersOf(key, tally, now) }
      const keep = use && {
        reads: use.reads,
        writes: key.tokensPerDay === null ? 0 : use.writes,
        dollars: key.dollarsPerDay === null ? 0 : use.dollars(),
      }
      if (keep) count(tally, keep, 1)
      let over = false
      const settle = () => {
        if (over || !keep) return
        over = true
        count(tally, keep, -1)
      }
      return { ok: true, admitted: { headers: headersOf(key, tally, now), settle } }
    },
    forget: (id) => void tallies.delete(id),
  }
}

function count(tally: Tally, { reads, writes, dollars }: Omit<Tally, 'rate'>, times: 1 | -1): void {
  tally.reads += times * reads
  tally.writes += times * writes
  tally.dollars += times * dollars
}

/** A time as OpenAI writes it in these headers: `1h2m3s`, `6m0s`, `1s`, `20ms`. */
export function inWords(ms: number): string {
  if (ms > 0 && ms < 1000) return `${Math.ceil(ms)}ms`
  const seconds = Math.ceil(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const largest = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : ''
  return `${largest}${seconds % 60}s`
}
