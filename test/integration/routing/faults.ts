import type { Timeouts } from '@contract/entities/model-config'
import type { ChainName } from '@contract/entities/preset'
import type { TokenState } from '@contract/entities/token'
import { ProviderError, type ErrorCode } from '@contract/errors'
import { chatReply } from '@test/helpers/chat-reply'
import { htmlReply, jsonReply, resetReply, stallReply, type Reply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'

/** What is wrong with a provider, and what must follow for a call that has two keys and a chain for each failure. */
export interface Fault {
  name: string
  /** What every chat request gets; `refused`, `untrusted` and `unknown-host` never get so far. */
  reply: Reply | 'refused' | 'untrusted' | 'unknown-host'
  timeouts?: Timeouts
  /** The state of a key that was tried. */
  state: TokenState
  /** How many of the two keys are tried. */
  keys: 1 | 2
  /** The chain that goes on after them; null when nothing may follow. */
  chain: ChainName | null
  /** What the user is told when nothing follows, and what the ledger notes of each attempt. */
  code: ErrorCode
  status: number | null
  /** What the reader has seen before it. */
  text?: string
}

const error = (code: number | string, message: string, more: Record<string, unknown> = {}) => ({
  code,
  message,
  ...more,
})

/** The provider's answer, which another key may not get: both are tried, and then the chain for errors. */
const passing = (name: string, reply: Reply, code: ErrorCode, status: number | null): Fault => ({
  name,
  reply,
  state: 'unknown',
  keys: 2,
  chain: 'errors',
  code,
  status,
})
/** The key's own failure. */
const ofTheKey = (name: string, reply: Reply, state: TokenState, code: ErrorCode, status: number): Fault => ({
  ...passing(name, reply, code, status),
  state,
})
/** No key helps: the chain follows at once. */
const ofTheRequest = (
  name: string,
  reply: Fault['reply'],
  code: ErrorCode,
  status: number | null,
  chain: ChainName = 'errors'
): Fault => ({ name, reply, state: 'unknown', keys: 1, chain, code, status })
/** After visible text: nothing may follow, whatever the failure. */
const afterText = (name: string, reply: Reply, code: ErrorCode, status: number | null): Fault => ({
  ...ofTheRequest(name, reply, code, status),
  chain: null,
  text: 'The door ',
})

const SLOW = { 'retry-after': '600' }
const { Unreachable, TimedOut, Unauthorized, PaymentRequired, RateLimited, Overloaded, ServerFailed } = ProviderError
const { BadAnswer, EmptyAnswer, ModelNotFound, ContextExceeded, Refused, RequestRejected } = ProviderError

export const faults: readonly Fault[] = [
  ofTheRequest('refused connection', 'refused', Unreachable, null),
  ofTheRequest('a host that nobody knows', 'unknown-host', Unreachable, null),
  ofTheRequest('a certificate that nobody vouches for', 'untrusted', Unreachable, null),
  ofTheRequest('reset before the headers', resetReply(), Unreachable, null),
  ofTheRequest('reset after the headers', chatReply.resetAfter([]), Unreachable, null),
  afterText('reset in the middle', chatReply.resetAfter(['The door ']), Unreachable, null),
  {
    ...ofTheRequest('stall before the first byte', stallReply(createGate()), TimedOut, null),
    timeouts: { firstTokenMs: 1000 },
  },
  {
    ...ofTheRequest(
      'stall after the headers',
      chatReply.bytes([{ do: 'headers' }, { wait: createGate() }]),
      TimedOut,
      null
    ),
    timeouts: { firstTokenMs: 1000 },
  },
  {
    ...afterText('stall in the middle', chatReply.stream(['The door ', createGate()]), TimedOut, null),
    timeouts: { totalMs: 1000 },
  },

  ofTheKey('401', chatReply.error(401, error(401, 'No auth')), 'invalid', Unauthorized, 401),
  ofTheKey('402', chatReply.error(402, error(402, 'Insufficient credits')), 'exhausted', PaymentRequired, 402),
  ofTheKey('403', chatReply.error(403, error(403, 'Not allowed')), 'invalid', Unauthorized, 403),
  ofTheKey('429 with Retry-After', chatReply.error(429, 'Slow down', SLOW), 'cooling', RateLimited, 429),
  ofTheKey('429 without Retry-After', chatReply.error(429, 'Slow down'), 'cooling', RateLimited, 429),
  ofTheKey('503 with Retry-After', chatReply.error(503, 'Busy', SLOW), 'cooling', Overloaded, 503),
  ofTheKey(
    '429 for an empty account',
    chatReply.error(429, error('insufficient_quota', 'You exceeded your quota')),
    'exhausted',
    PaymentRequired,
    429
  ),
  ofTheKey(
    '429 inside a 200 stream',
    chatReply.errorInStream([], error(429, 'Slow down')),
    'cooling',
    RateLimited,
    429
  ),

  passing('408', chatReply.error(408, 'Timed out'), TimedOut, 408),
  passing('500', chatReply.error(500, 'Boom'), ServerFailed, 500),
  passing('502 as a web page', htmlReply(502), ServerFailed, 502),
  passing('503 without Retry-After', chatReply.error(503, 'Busy'), Overloaded, 503),
  passing('529', chatReply.error(529, 'Overloaded'), Overloaded, 529),
  passing(
    'an error inside a 200 stream',
    chatReply.errorInStream([], error(502, 'Upstream failed')),
    ServerFailed,
    502
  ),
  passing('a stream with nothing in it', chatReply.bytes([]), BadAnswer, null),
  passing('an answer without a word', chatReply.empty(), EmptyAnswer, null),
  passing('an answer of white space', chatReply.stream([' ', '\n\n']), EmptyAnswer, null),
  passing('a piece that is not JSON', chatReply.invalidJson(), BadAnswer, null),
  passing(
    'plain text in the place of a stream',
    { status: 200, headers: { 'content-type': 'text/plain' }, steps: ['It works!'] },
    BadAnswer,
    null
  ),

  ofTheRequest('404 for the model', chatReply.error(404, 'The model `x` does not exist'), ModelNotFound, 404),
  ofTheRequest('400 for the model', chatReply.error(400, 'x/y is not a valid model ID'), ModelNotFound, 400),
  ofTheRequest('404 for the path', jsonReply({ detail: 'Not Found' }, 404), RequestRejected, 404),
  ofTheRequest('400 for a setting', chatReply.error(400, 'temperature: must be below 2'), RequestRejected, 400),
  ofTheRequest('a web page under 200', htmlReply(200), BadAnswer, null),
  ofTheRequest('413', chatReply.error(413, 'Payload too large'), ContextExceeded, 413, 'contextOverflow'),
  ofTheRequest(
    '400 for a long prompt',
    chatReply.error(400, error('context_length_exceeded', 'Too long')),
    ContextExceeded,
    400,
    'contextOverflow'
  ),
  ofTheRequest('a refusal', chatReply.refusal('I cannot write this.'), Refused, null, 'refusals'),
  ofTheRequest(
    'a moderated prompt',
    chatReply.error(403, error(403, 'Flagged', { metadata: { reasons: ['violence'] } })),
    Refused,
    403,
    'refusals'
  ),
  ofTheRequest('an answer that is filtered at once', chatReply.empty('content_filter'), Refused, null, 'refusals'),

  afterText(
    'an error inside a stream that spoke',
    chatReply.errorInStream(['The door '], error(502, 'x')),
    ServerFailed,
    502
  ),
  afterText('a stream that breaks off', chatReply.stream(['The door '], { finish: null }), BadAnswer, null),
  afterText('a piece that is not JSON after text', chatReply.invalidJson(['The door ']), BadAnswer, null),
  afterText(
    'an answer that is filtered late',
    chatReply.stream(['The door '], { finish: 'content_filter' }),
    Refused,
    null
  ),
]
