const LONGEST_WAIT_MS = 24 * 3_600_000

/**
 * How long a provider asks to wait, in milliseconds from `now`, 0 to one day; null when it does not say. Reads
 * `retry-after-ms` (OpenAI), and `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const exact = numberOf(headers.get('retry-after-ms'))
  if (exact !== null) return bounded(exact)
  const header = headers.get('retry-after')
  const seconds = numberOf(header)
  if (seconds !== null) return bounded(seconds * 1000)
  // An HTTP date begins with the day of the week; `Date.parse` alone would take almost anything for a date.
  const date = header !== null && /^\s*[a-z]{3,9},? /i.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? null : bounded(date - now)
}

const numberOf = (text: string | null): number | null =>
  text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null

const bounded = (ms: number) => Math.round(Math.min(Math.max(ms, 0), LONGEST_WAIT_MS))
