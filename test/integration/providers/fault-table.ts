import type { Timeouts } from '@contract/entities/model-config'
import { ProviderError } from '@contract/errors'
import { chunk, head, whole } from '@test/helpers/raw-server'
import type { ProtocolId } from '@test/helpers/speech'
import {
  brokenBrotli,
  bytes,
  cutGzip,
  deep,
  error,
  headed,
  json,
  notPacked,
  packed,
  page,
  spoke,
  streamOf,
  type Answer,
} from './fault-answers'
import { afterText, byChance, lasting, ofTheKey, taken, unreached, type Consequence } from './fault-consequences'

/** One row: what a server does, and what must be made of it. */
export interface Fault {
  name: string
  /** `refused`, `unknown-host` and `untrusted` never get so far as to answer. */
  answer: Answer | 'refused' | 'unknown-host' | 'untrusted'
  must: Consequence
  /** The protocols it can happen in; all of them unless said. */
  only?: readonly ProtocolId[]
  timeouts?: Timeouts
}

const row = (name: string, answer: Fault['answer'], must: Consequence, more: Partial<Fault> = {}): Fault => ({
  name,
  answer,
  must,
  ...more,
})

const { Unreachable, BrokeOff, TimedOut, Unauthorized, PaymentRequired, RateLimited, Overloaded, ServerFailed } =
  ProviderError
const { BadAnswer, EmptyAnswer, ModelNotFound, ContextExceeded, Refused, RequestRejected, Blocked, TooLarge } =
  ProviderError
const SLOW = { 'retry-after': '600' }
const QUICK = { firstTokenMs: 1000 }
const openAi = { only: ['openai-chat'] } as const
const worded = { only: ['openai-chat', 'anthropic'] } as const
const piece = (delta: object, finish: string) =>
  `data: ${JSON.stringify({ choices: [{ delta, finish_reason: finish }] })}\n\n`
const stay = { do: 'stay' } as const
const reset = { do: 'reset' } as const
const hangUp = { do: 'hang-up' } as const

/** Nobody answers, or nobody who can be believed. */
const connections: readonly Fault[] = [
  row('a refused connection', 'refused', unreached(Unreachable)),
  row('a host that nobody knows', 'unknown-host', unreached(Unreachable)),
  row('a certificate that nobody vouches for', 'untrusted', lasting(Unreachable)),
  row('a reset before the head', bytes(reset), unreached(Unreachable)),
  row('a hang-up before the head', bytes(hangUp), unreached(Unreachable)),
  row('a reset in the head', bytes('HTTP/1.1 200 OK\r\ncontent-ty', reset), unreached(Unreachable)),
  row(
    'a reset after the head',
    streamOf(() => [reset]),
    unreached(BrokeOff)
  ),
  row(
    'a reset in the text',
    spoke(() => [reset]),
    afterText(BrokeOff, true)
  ),
  row(
    'a hang-up in the text',
    spoke(() => [hangUp]),
    afterText(BrokeOff, true)
  ),
  row('silence before the head', bytes(stay), unreached(TimedOut), { timeouts: QUICK }),
  row(
    'silence after the head',
    streamOf(() => [stay]),
    unreached(TimedOut),
    { timeouts: QUICK }
  ),
  row(
    'silence in the text',
    spoke(() => [stay]),
    afterText(TimedOut, true),
    { timeouts: { totalMs: 1000 } }
  ),
]

/** What answers is no HTTP, or HTTP that cannot be read. */
const broken: readonly Fault[] = [
  row('another protocol', bytes('SSH-2.0-OpenSSH_9.6\r\n', hangUp), lasting(BadAnswer)),
  row('bytes without sense', bytes(Uint8Array.of(22, 3, 1, 0, 5, 1, 2, 3), hangUp), lasting(BadAnswer)),
  row('HTTP without a head', bytes('<html>It works!</html>'), lasting(BadAnswer)),
  row('an unknown version', headed('HTTP/3.9 200 OK'), lasting(BadAnswer)),
  row('a status that is no number', headed('HTTP/1.1 abc OK'), lasting(BadAnswer)),
  row('a status below 100', headed('HTTP/1.1 099 OK'), lasting(BadAnswer)),
  row('a head without carriage returns', bytes('HTTP/1.1 200 OK\ncontent-length: 2\n\nhi'), lasting(BadAnswer)),
  row('a header that is none', headed('HTTP/1.1 200 OK', 'x-\u0001: 2'), lasting(BadAnswer)),
  row('a negative length', headed('HTTP/1.1 200 OK', 'content-length: -5'), lasting(BadAnswer)),
  row('two lengths', headed('HTTP/1.1 200 OK', 'content-length: 5', 'content-length: 2'), lasting(BadAnswer)),
  row(
    'a length for a body in chunks',
    headed('HTTP/1.1 200 OK', 'transfer-encoding: chunked', 'content-length: 5'),
    lasting(BadAnswer)
  ),
  row('endless headers', bytes('HTTP/1.1 200 OK\r\n', { forever: 'x-header: and so on\r\n' }), lasting(BadAnswer)),
  row('a 100 that nobody asked for', bytes(head(100), ...whole(200, '{}')), lasting(BadAnswer)),
  row('a 101 that nobody asked for', headed('HTTP/1.1 101 Switching', 'upgrade: websocket'), lasting(BadAnswer)),
  row('packed too often', headed('HTTP/1.1 200 OK', `content-encoding: ${'gzip, '.repeat(9)}gzip`), lasting(BadAnswer)),
  row('204', bytes(head(204, { connection: 'close' })), byChance(BadAnswer)),
  row('205', bytes(head(205, { 'content-length': '0', connection: 'close' })), byChance(BadAnswer)),
  row('304', bytes(head(304, { connection: 'close' })), byChance(BadAnswer, 304)),
  row('a redirect to nowhere', bytes(...whole(307, '')), byChance(BadAnswer, 307)),
  row('a status that is no status', error(999, 'Denied'), byChance(ServerFailed, 999)),
  row(
    'a chunk without a size',
    spoke(() => [Buffer.from('zz\r\nhi')]),
    afterText(BadAnswer, true)
  ),
  row(
    'a first chunk without a size',
    streamOf(() => [Buffer.from('zz\r\nhi')]),
    byChance(BadAnswer)
  ),
  row(
    'a chunk that is longer than it says',
    spoke(() => [Buffer.from('2\r\nhi there\r\n')]),
    afterText(BadAnswer, true)
  ),
  row('less than the length says', bytes(head(200, { 'content-length': '500' }), hangUp), unreached(BrokeOff)),
  row('gzip that is none', packed('gzip', notPacked), byChance(BadAnswer)),
  row('gzip that breaks off', packed('gzip', cutGzip), byChance(BadAnswer)),
  row('deflate that is none', packed('deflate', notPacked), byChance(BadAnswer)),
  row('brotli that breaks', packed('br', brokenBrotli), byChance(BadAnswer)),
]

/** Something between Fabula and the provider answers in its place. None of it is the key's fault. */
const others: readonly Fault[] = [
  row('a sign-in page under 200', page(200), lasting(BadAnswer)),
  row('a sign-in page that says it is text', page(200, {}, 'text/plain'), lasting(BadAnswer)),
  row('a page under 401', page(401), lasting(Blocked, 401)),
  row('a page under 402', page(402), lasting(Blocked, 402)),
  row('a page under 403', page(403), lasting(Blocked, 403)),
  row('a page under 451', page(451), lasting(Blocked, 451)),
  row('a page under 502', page(502), byChance(ServerFailed, 502)),
  row('a page under 503', page(503), byChance(Overloaded, 503)),
  row('a page under 511', page(511), lasting(Blocked, 511)),
  row(
    'a page that asks for a password',
    page(401, { 'www-authenticate': 'Basic' }),
    ofTheKey(Unauthorized, 401, 'invalid')
  ),
  row(
    'a redirect to another host',
    bytes(...whole(302, '', 'text/html', { location: 'http://login.invalid/' })),
    lasting(Unreachable)
  ),
  row('a 403 without a word', bytes(...whole(403, '')), lasting(Blocked, 403)),
  row('a 403 of a firewall', error(403, 'Request not allowed', 'forbidden'), lasting(Blocked, 403)),
  row(
    'a 403 for the region',
    error(403, 'Country, region, or territory not supported', 'unsupported_country_region_territory'),
    lasting(Blocked, 403)
  ),
]

/** What the provider itself says. */
const statuses: readonly Fault[] = [
  row('401', error(401, 'No auth credentials found'), ofTheKey(Unauthorized, 401, 'invalid')),
  row('402', error(402, 'Insufficient credits'), ofTheKey(PaymentRequired, 402, 'exhausted')),
  row('403 for the key', error(403, 'Your API key may not do this'), ofTheKey(Unauthorized, 403, 'invalid')),
  row(
    '403 for a key that is spent',
    error(403, 'Key limit exceeded (total limit)'),
    ofTheKey(PaymentRequired, 403, 'exhausted')
  ),
  row('403 by a word', error(403, 'No', 'permission_error'), ofTheKey(Unauthorized, 403, 'invalid'), worded),
  row('404 for the model', error(404, 'The model `x` does not exist'), lasting(ModelNotFound, 404)),
  row('404 for the path', json(404, { detail: 'Not Found' }), lasting(RequestRejected, 404)),
  row(
    '400 for a long prompt',
    error(400, 'the request exceeds the available context size'),
    lasting(ContextExceeded, 400, 'contextOverflow')
  ),
  row('408', error(408, 'Timed out'), byChance(TimedOut, 408)),
  row('413', error(413, 'Payload too large'), lasting(ContextExceeded, 413, 'contextOverflow')),
  row('429', error(429, 'Slow down'), ofTheKey(RateLimited, 429, 'cooling')),
  row('429 with a time', error(429, 'Slow down', undefined, SLOW), ofTheKey(RateLimited, 429, 'cooling')),
  row(
    '429 for an empty account',
    error(429, 'Quota', 'insufficient_quota'),
    ofTheKey(PaymentRequired, 429, 'exhausted'),
    worded
  ),
  row('500', error(500, 'Boom'), byChance(ServerFailed, 500)),
  row('500 without a word', bytes(...whole(500, '')), byChance(ServerFailed, 500)),
  row('500 whose body never comes', bytes(head(500, { 'content-length': '500' }), stay), byChance(ServerFailed, 500)),
  row('500 whose body never ends', bytes(head(500), { forever: 'x'.repeat(10_000) }), byChance(ServerFailed, 500)),
  row('500 with errors inside errors', bytes(...whole(500, deep('{"error":', '}', '1'))), byChance(ServerFailed, 500)),
  row('500 with lists inside lists', bytes(...whole(500, deep('[', ']', ''))), byChance(ServerFailed, 500)),
  row('503', error(503, 'Busy'), byChance(Overloaded, 503)),
  row('503 with a time', error(503, 'Busy', undefined, SLOW), ofTheKey(Overloaded, 503, 'cooling')),
  row('529', error(529, 'Overloaded'), byChance(Overloaded, 529)),
  row(
    'a refusal by moderation',
    error(403, 'Flagged', 'content_policy_violation'),
    lasting(Refused, 403, 'refusals'),
    worded
  ),
]

/** What only OpenAI and those who speak like it say. */
const wordings: readonly Fault[] = [
  row('400 for the model', error(400, 'x/y is not a valid model ID'), lasting(ModelNotFound, 400)),
  row('400 for a setting', error(400, 'temperature: must be below 2'), lasting(RequestRejected, 400)),
  row(
    '400 for a long prompt, by a word',
    error(400, 'Too long', 'context_length_exceeded'),
    lasting(ContextExceeded, 400, 'contextOverflow')
  ),
  row(
    'a moderated prompt',
    json(403, { error: { code: 403, metadata: { reasons: ['violence'] } } }),
    lasting(Refused, 403, 'refusals')
  ),
  row(
    '429 in a stream',
    streamOf(({ errorInStream }) => [errorInStream('Slow down', 429)]),
    ofTheKey(RateLimited, 429, 'cooling')
  ),
  row(
    '502 in a stream',
    streamOf(({ errorInStream }) => [errorInStream('Boom', 502)]),
    byChance(ServerFailed, 502)
  ),
  row('text in the place of a stream', bytes(...whole(200, 'It works!', 'text/plain')), byChance(BadAnswer)),
  row(
    'a refusal',
    streamOf(({ end }) => [piece({ refusal: 'I cannot write this.' }, 'stop'), end]),
    lasting(Refused, null, 'refusals')
  ),
  row(
    'an answer that is filtered at once',
    streamOf(({ end }) => [piece({}, 'content_filter'), end]),
    lasting(Refused, null, 'refusals')
  ),
  row(
    'an answer that is filtered late',
    spoke(({ end }) => [piece({}, 'content_filter'), end]),
    afterText(Refused, false)
  ),
  row(
    'a piece that is not JSON after text',
    spoke(() => ['data: {"choices"\n\n']),
    afterText(BadAnswer, true)
  ),
].map((fault) => ({ ...fault, ...openAi }))

/** Answers that began as they should. */
const streams: readonly Fault[] = [
  row(
    'a stream with nothing in it',
    streamOf(() => []),
    byChance(BadAnswer)
  ),
  row(
    'an answer without a word',
    streamOf(({ finish, end }) => [finish(), end]),
    byChance(EmptyAnswer)
  ),
  row(
    'an answer of white space',
    streamOf(({ text, finish, end }) => [text(' \n'), finish(), end]),
    byChance(EmptyAnswer)
  ),
  row(
    'a stream that breaks off',
    spoke(() => []),
    afterText(BrokeOff, true)
  ),
  row(
    'an error in the stream',
    streamOf(({ errorInStream }) => [errorInStream('Boom')]),
    byChance(ServerFailed)
  ),
  row(
    'an error after text',
    spoke(({ errorInStream }) => [errorInStream('Boom')]),
    afterText(ServerFailed, true)
  ),
  row(
    'an error that is empty',
    streamOf(() => ['data: {"error":{}}\n\n']),
    byChance(ServerFailed),
    openAi
  ),
  row(
    'a piece that is not JSON',
    streamOf(() => ['data: {"choices"\n\n']),
    byChance(BadAnswer)
  ),
  row(
    'a piece that is no object',
    streamOf(() => ['data: 7\n\n']),
    lasting(BadAnswer),
    worded
  ),
  row(
    'a piece of lists inside lists',
    streamOf(() => [`data: ${deep('[', ']', '')}\n\n`]),
    lasting(BadAnswer),
    worded
  ),
  row(
    'an error of errors inside errors',
    streamOf(() => [`data: ${deep('{"error":', '}', '1')}\n\n`]),
    byChance(ServerFailed),
    openAi
  ),
  row('JSON of another kind', json(200, { hello: 'world' }), byChance(BadAnswer), openAi),
  row('a word that is a name of JavaScript', error(500, 'Boom', 'constructor'), byChance(ServerFailed, 500), worded),
  row(
    'bytes that are no UTF-8',
    spoke(({ end, finish }) => [chunk(Uint8Array.of(58, 255, 254, 10, 10)), finish(), end]),
    taken,
    worded
  ),
]

/** The model has said that it is done. */
const tails: readonly Fault[] = [
  row(
    'an open connection after the end',
    spoke(({ finish }) => [finish(), stay]),
    taken,
    worded
  ),
  row(
    'endless comments after the end',
    spoke(({ finish }) => [finish(), { forever: chunk(': still here\n\n') }]),
    taken,
    worded
  ),
  row(
    'an open connection after the last word',
    spoke(({ finish, end }) => [finish(), end, stay]),
    taken
  ),
  row(
    'a reset after the end',
    spoke(({ finish }) => [finish(), reset]),
    taken,
    worded
  ),
  row(
    'an error after the end',
    spoke(({ finish, errorInStream }) => [finish(), errorInStream('Boom')]),
    taken,
    worded
  ),
]

/** More than a computer can take. */
const floods: readonly Fault[] = [
  row(
    'a line without an end',
    streamOf(() => ['data: ', { forever: chunk('x'.repeat(10_000)) }]),
    lasting(TooLarge)
  ),
  row(
    'a line without an end after text',
    spoke(() => ['data: ', { forever: chunk('x'.repeat(10_000)) }]),
    afterText(TooLarge, false)
  ),
  row(
    'white space without an end',
    streamOf(() => [{ forever: chunk('\n'.repeat(10_000)) }]),
    lasting(TooLarge)
  ),
  row(
    'a body without an end',
    bytes(head(200, { 'content-type': 'application/json' }), { forever: ' '.repeat(10_000) }),
    lasting(TooLarge),
    worded
  ),
]

export const faults: readonly Fault[] = [
  ...connections,
  ...broken,
  ...others,
  ...statuses,
  ...wordings,
  ...streams,
  ...tails,
  ...floods,
]
