import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProviderError, type ErrorCode } from '@contract/errors'
import { anthropicProtocol } from '@main/providers/protocols/anthropic/anthropic-protocol'
import { ProviderFailure } from '@main/providers/spec/failure'
import { anthropicReply } from '@test/helpers/anthropic-reply'
import { collect, connectTo, PLANTED_KEY, rejection } from '@test/helpers/connect'
import { startFakeAnthropic, type FakeAnthropic } from '@test/helpers/fake-anthropic'
import { htmlReply, jsonReply, redirectReply, resetReply, type Reply } from '@test/helpers/fake-server'

let fake: FakeAnthropic
beforeEach(async () => {
  fake = await startFakeAnthropic()
})
afterEach(async () => {
  await fake.stop()
})

async function failWith(reply: Reply | null): Promise<ProviderFailure> {
  if (reply) fake.answerWith(reply)
  const request = { model: 'm', messages: [], parameters: {}, signal: new AbortController().signal }
  const failure = await rejection(collect(anthropicProtocol.chat(connectTo('anthropic', fake.url), request)))
  if (!(failure instanceof ProviderFailure)) throw failure
  return failure
}

const { error } = anthropicReply
const invalid = (message: string) => error(400, 'invalid_request_error', message)

const faults: [name: string, reply: Reply, code: ErrorCode, retryable: boolean, reason: string, wait?: number][] = [
  [
    '401',
    error(401, 'authentication_error', 'invalid x-api-key'),
    ProviderError.Unauthorized,
    false,
    'authentication_error',
  ],
  ['403', error(403, 'permission_error', 'Not yours'), ProviderError.Unauthorized, false, 'permission_error'],
  ['402', error(402, 'billing_error', 'Pay'), ProviderError.PaymentRequired, false, 'billing_error'],
  [
    'an empty account, said in words alone',
    invalid('Your credit balance is too low to access the Anthropic API.'),
    ProviderError.PaymentRequired,
    false,
    'invalid_request_error',
  ],
  [
    'an unknown model',
    error(404, 'not_found_error', 'model: claude-x'),
    ProviderError.ModelNotFound,
    false,
    'not_found_error',
  ],
  [
    'a setting it refuses',
    invalid('temperature: range 0..1'),
    ProviderError.RequestRejected,
    false,
    'invalid_request_error',
  ],
  [
    'a prompt that is too long',
    invalid('prompt is too long: 210000 tokens > 200000 maximum'),
    ProviderError.ContextExceeded,
    false,
    'invalid_request_error',
  ],
  ['413', error(413, 'request_too_large', 'Too large'), ProviderError.ContextExceeded, false, 'request_too_large'],
  [
    '429',
    error(429, 'rate_limit_error', 'Slow down', { 'retry-after': '7' }),
    ProviderError.RateLimited,
    true,
    'rate_limit_error',
    7000,
  ],
  ['500', error(500, 'api_error', 'Boom'), ProviderError.ServerFailed, true, 'api_error'],
  ['504', error(504, 'timeout_error', 'Too slow'), ProviderError.TimedOut, true, 'timeout_error'],
  ['529', error(529, 'overloaded_error', 'Overloaded'), ProviderError.Overloaded, true, 'overloaded_error'],
  ['529 without a reason', jsonReply({}, 529), ProviderError.Overloaded, true, 'http_529'],
  [
    'an overload inside the stream',
    anthropicReply.errorInStream(['Once'], 'overloaded_error', 'Overloaded'),
    ProviderError.Overloaded,
    true,
    'overloaded_error',
  ],
  [
    'an error inside the stream',
    anthropicReply.errorInStream([], 'api_error', 'Boom'),
    ProviderError.ServerFailed,
    true,
    'api_error',
  ],
  [
    'an error as the whole answer under 200',
    error(200, 'rate_limit_error', 'Slow down'),
    ProviderError.RateLimited,
    true,
    'rate_limit_error',
  ],
  [
    'a refusal, also after text',
    anthropicReply.stream(['Once'], { stop: 'refusal', stopDetails: { category: 'cyber', explanation: 'No.' } }),
    ProviderError.Refused,
    false,
    'cyber',
  ],
  ['a refusal without words', anthropicReply.stream([], { stop: 'refusal' }), ProviderError.Refused, false, 'refusal'],
  ['an empty answer', anthropicReply.stream([]), ProviderError.EmptyAnswer, true, 'no_text'],
  ['an answer of white space', anthropicReply.stream([' ', '\n']), ProviderError.EmptyAnswer, true, 'no_text'],
  [
    'a token limit spent on thinking',
    anthropicReply.stream([], { thinking: ['Hm'], stop: 'max_tokens' }),
    ProviderError.EmptyAnswer,
    false,
    'token_limit',
  ],
  ['a stream without an end', anthropicReply.stream(['Once'], { stop: null }), ProviderError.BrokeOff, true, 'cut_off'],
  ['a stream with nothing in it', anthropicReply.bytes([]), ProviderError.BadAnswer, true, 'cut_off'],
  ['an event that is not JSON', anthropicReply.bytes(['data: {"type"\n\n']), ProviderError.BadAnswer, true, 'not_json'],
  [
    'an event of the wrong shape',
    anthropicReply.bytes(['data: [1]\n\n']),
    ProviderError.BadAnswer,
    false,
    'wrong_shape',
  ],
  ['other JSON under 200', jsonReply({ type: 'hello' }), ProviderError.BadAnswer, false, 'wrong_shape'],
  ['a web page under 200', htmlReply(200), ProviderError.BadAnswer, false, 'html'],
  ['a web page under 502', htmlReply(502), ProviderError.ServerFailed, true, 'html'],
  ['a reset before the head', resetReply(), ProviderError.Unreachable, true, 'ECONNRESET'],
  ['a reset after the head', anthropicReply.resetAfter([]), ProviderError.BrokeOff, true, 'ECONNRESET'],
  ['a reset in the middle', anthropicReply.resetAfter(['Once']), ProviderError.BrokeOff, true, 'ECONNRESET'],
  [
    'a connection that is hung up in the middle',
    anthropicReply.bytes(['data: {"type":"ping"}\n\n', { do: 'hang-up' }]),
    ProviderError.BrokeOff,
    true,
    'UND_ERR_SOCKET',
  ],
]

/** A wrong code sends a writer to the wrong remedy; a wrong `retryable` burns money or gives up too early. */
describe('a failing Anthropic', () => {
  it.each(faults)('%s', async (_name, reply, code, retryable, reason, wait) => {
    const failure = await failWith(reply)
    expect({ code: failure.code, retryable: failure.retryable, retryAfterMs: failure.retryAfterMs }).toEqual({
      code,
      retryable,
      retryAfterMs: wait ?? null,
    })
    expect(failure.details).toMatchObject({ provider: 'Anthropic', host: new URL(fake.url).host, reason, model: 'm' })
  })

  it('is unreachable when nothing listens', async () => {
    await fake.goDown()
    expect(await failWith(null)).toMatchObject({ code: ProviderError.Unreachable, retryable: true, status: null })
  })

  it.each<[string, () => Reply]>([
    ['repeated by the provider', () => error(401, 'authentication_error', `invalid x-api-key ${PLANTED_KEY}`)],
    ['repeated inside a stream', () => anthropicReply.errorInStream(['a'], 'api_error', `bad ${PLANTED_KEY}`)],
    [
      'repeated in a refusal',
      () => anthropicReply.stream([], { stop: 'refusal', stopDetails: { explanation: `no ${PLANTED_KEY}` } }),
    ],
    ['put into a redirect', () => redirectReply(`http://127.0.0.1:9/?key=${PLANTED_KEY}`)],
  ])('does not show the key when it is %s', async (_name, reply) => {
    const failure = await failWith(reply())
    const everything = [failure.message, failure.stack, JSON.stringify(failure.toShape()), String(failure.cause)]
    expect(everything.join('\n')).not.toContain(PLANTED_KEY)
  })
})
