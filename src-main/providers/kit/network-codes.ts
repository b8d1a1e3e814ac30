import { ProviderError, type ErrorCode } from '@contract/errors'

export interface NetworkFault {
  code: ErrorCode
  /** Node's or undici's own word for it, such as ECONNREFUSED. */
  reason: string
  retryable: boolean
}

const timeouts = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/** No route, no listener, a name nobody knows, or a connection that the other side closed. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EPIPE',
  'PROXY_REFUSED',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
])

/** A certificate that is not trusted, or a port that does not speak TLS: no later try will help. */
const tls = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH$|EPROTO$)/

/** What went wrong in the network, by the error codes in an error and its causes; null when it was something else. */
export function networkFault(error: unknown): NetworkFault | null {
  for (const reason of codesOf(error)) {
    if (timeouts.has(reason)) return { code: ProviderError.TimedOut, reason, retryable: true }
    if (unreachable.has(reason)) return { code: ProviderError.Unreachable, reason, retryable: true }
    if (tls.test(reason)) return { code: ProviderError.Unreachable, reason, retryable: false }
    // What answers does not speak HTTP.
    if (reason.startsWith('HPE_')) return { code: ProviderError.BadAnswer, reason, retryable: false }
  }
  // Ports of other services, which no fetch will ever call (Fetch standard, 2.9); it says so in words alone.
  if (isBadPort(error)) return { code: ProviderError.Unreachable, reason: 'bad_port', retryable: false }
  return null
}

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  // Every address that was tried for a name has an error of its own.
  const tried = error instanceof AggregateError ? error.errors.flatMap(codesOf) : []
  return [...own, ...tried, ...codesOf(error.cause)]
}

const isBadPort = (error: unknown): boolean =>
  error instanceof Error && (error.message === 'bad port' || isBadPort(error.cause))
