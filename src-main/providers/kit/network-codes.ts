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
  for (const cause of causesOf(error)) {
    const reason = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
    if (timeouts.has(reason)) return { code: ProviderError.TimedOut, reason, retryable: true }
    if (unreachable.has(reason) && !isStrangeAnswer(cause))
      return { code: ProviderError.Unreachable, reason, retryable: true }
    if (isCutShort(cause)) return { code: ProviderError.Unreachable, reason: 'ECONNRESET', retryable: true }
    if (tls.test(reason)) return { code: ProviderError.Unreachable, reason, retryable: false }
    // Ports of other services, which no fetch will ever call (Fetch standard, 2.9); it says so in words alone.
    if (cause.message === 'bad port') return { code: ProviderError.Unreachable, reason: 'bad_port', retryable: false }
  }
  return null
}

/**
 * Whether a failed fetch did reach something, which answered in no HTTP that can be read: undici then fails with an error
 * of its parser, of a header, of a length or of an encoding. What fails before anything was sent is Fabula's own doing.
 */
export const isBrokenHttp = (error: unknown): boolean =>
  error instanceof TypeError &&
  error.cause instanceof Error &&
  !causesOf(error).some((cause) => 'code' in cause && ours.has(String(cause.code)))

/** A request that undici would not send. */
const ours = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'])

/** A status below 200 where none may be (100, 101): undici calls that a fault of the socket. */
const isStrangeAnswer = ({ message }: Error): boolean => message === 'bad response' || message === 'bad upgrade'

/** A connection that ended inside a body: of one that was to be closed anyway, undici says it in words alone. */
const isCutShort = ({ name, message }: Error): boolean =>
  name === 'HTTPParserError' && message.includes('Invalid EOF state')

function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return []
  // Every address that was tried for a name has an error of its own.
  const tried = error instanceof AggregateError ? error.errors.flatMap(causesOf) : []
  return [error, ...tried, ...causesOf(error.cause)]
}
