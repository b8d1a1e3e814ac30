import { ProviderError } from '@contract/errors'
import { chunk, head, whole } from '@test/helpers/raw-server'
import { brokenBrotli, bytes, cutGzip, error, headed, notPacked, packed, spoke, streamOf } from './fault-answers'
import { afterText, byChance, lasting, unreached } from './fault-consequences'
import { worded, stay, reset, hangUp, row, type Fault } from './fault'

const { Unreachable, BrokeOff, TimedOut, ServerFailed, BadAnswer, TooLarge } = ProviderError
const QUICK = { firstTokenMs: 1000 }

/** Nobody answers, or nobody who can be believed. */
export const connections: readonly Fault[] = [
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
export const broken: readonly Fault[] = [
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

/** More than a computer can take. */
export const floods: readonly Fault[] = [
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
