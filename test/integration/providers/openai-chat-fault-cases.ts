import { ProviderError, type ErrorCode } from '@contract/errors'
import { chatReply } from '@test/helpers/chat-reply'
import { htmlReply, jsonReply, resetReply, type Reply } from '@test/helpers/fake-server'

export interface Fault {
  name: string
  reply: Reply
  code: ErrorCode
  reason: string
  retryable: boolean
  retryAfterMs: number | null
}

const fault = (
  name: string,
  reply: Reply,
  code: ErrorCode,
  reason: string,
  retryable: boolean,
  retryAfterMs: number | null = null
): Fault => ({ name, reply, code, reason, retryable, retryAfterMs })

/** An error object as OpenRouter and OpenAI send it. */
export const errorObject = (code: number | string, message: string, metadata?: Record<string, unknown>) => ({
  message,
  code,
  ...(metadata ? { metadata } : {}),
})

/** What a provider can do, and what must be made of it. */
export const faults: readonly Fault[] = [
  fault(
    '401',
    chatReply.error(401, errorObject(401, 'No auth credentials found')),
    ProviderError.Unauthorized,
    'http_401',
    false
  ),
  fault(
    '403 without a reason',
    chatReply.error(403, errorObject(403, 'Your key may not do this')),
    ProviderError.Unauthorized,
    'http_403',
    false
  ),
  fault(
    '403 for flagged input',
    chatReply.error(403, errorObject(403, 'Flagged', { reasons: ['violence'], flagged_input: '…' })),
    ProviderError.Refused,
    'content_policy_violation',
    false
  ),
  fault(
    '403 with error_type',
    chatReply.error(403, errorObject(403, 'Flagged', { error_type: 'content_policy_violation' })),
    ProviderError.Refused,
    'content_policy_violation',
    false
  ),
  fault(
    '402',
    chatReply.error(402, errorObject(402, 'Insufficient credits')),
    ProviderError.PaymentRequired,
    'http_402',
    false
  ),
  fault(
    '402 that asks to wait',
    chatReply.error(402, errorObject(402, 'Too much in flight'), { 'retry-after': '3' }),
    ProviderError.RateLimited,
    'http_402',
    true,
    3000
  ),
  fault(
    '404 for a model',
    chatReply.error(404, errorObject(404, 'No endpoints found for x/y.')),
    ProviderError.ModelNotFound,
    'http_404',
    false
  ),
  fault('404 for a path', jsonReply({ detail: 'Not Found' }, 404), ProviderError.RequestRejected, 'http_404', false),
  fault(
    '400 for a long prompt',
    chatReply.error(400, errorObject('context_length_exceeded', 'Too long')),
    ProviderError.ContextExceeded,
    'context_length_exceeded',
    false
  ),
  fault(
    '400 for a long prompt, in words',
    chatReply.error(400, errorObject(400, 'the request exceeds the available context size')),
    ProviderError.ContextExceeded,
    'http_400',
    false
  ),
  fault(
    '400 for a setting',
    chatReply.error(400, errorObject(400, 'temperature: must be below 2')),
    ProviderError.RequestRejected,
    'http_400',
    false
  ),
  fault('408', chatReply.error(408, errorObject(408, 'Timed out')), ProviderError.TimedOut, 'http_408', true),
  fault('413', chatReply.error(413, 'Payload too large'), ProviderError.ContextExceeded, 'http_413', false),
  fault(
    '429 with seconds',
    chatReply.error(429, errorObject(429, 'Slow down'), { 'retry-after': '7' }),
    ProviderError.RateLimited,
    'http_429',
    true,
    7000
  ),
  fault(
    '429 with milliseconds',
    chatReply.error(429, errorObject(429, 'Slow down'), { 'retry-after-ms': '1250', 'retry-after': '9' }),
    ProviderError.RateLimited,
    'http_429',
    true,
    1250
  ),
  fault(
    '429 for an empty account',
    chatReply.error(429, errorObject('insufficient_quota', 'You exceeded your current quota')),
    ProviderError.PaymentRequired,
    'insufficient_quota',
    false
  ),
  fault('500', chatReply.error(500, 'Boom'), ProviderError.ServerFailed, 'http_500', true),
  fault('502 as a web page', htmlReply(502), ProviderError.ServerFailed, 'html', true),
  fault('503', chatReply.error(503, 'Busy', { 'retry-after': '2' }), ProviderError.Overloaded, 'http_503', true, 2000),
  fault(
    '529',
    chatReply.error(529, errorObject(529, 'Provider returned error')),
    ProviderError.Overloaded,
    'http_529',
    true
  ),
  fault('a reset before the head', resetReply(), ProviderError.Unreachable, 'ECONNRESET', true),
  fault('a reset after the head', chatReply.resetAfter([]), ProviderError.BrokeOff, 'ECONNRESET', true),
  fault('a reset in the middle', chatReply.resetAfter(['Once', ' upon']), ProviderError.BrokeOff, 'ECONNRESET', true),
  fault(
    'a connection that is hung up in the middle',
    chatReply.bytes(['data: {"choices":[{"delta":{"content":"a"}}]}\n\n', { do: 'hang-up' }]),
    ProviderError.BrokeOff,
    'UND_ERR_SOCKET',
    true
  ),
  fault(
    'a stream without an end',
    chatReply.stream(['Once'], { finish: null }),
    ProviderError.BrokeOff,
    'cut_off',
    true
  ),
  fault('a stream with nothing in it', chatReply.bytes([]), ProviderError.BadAnswer, 'cut_off', true),
  fault(
    'an error inside the stream',
    chatReply.errorInStream(['Once'], errorObject(502, 'Upstream failed')),
    ProviderError.ServerFailed,
    'http_502',
    true
  ),
  fault(
    'an overload inside the stream',
    chatReply.errorInStream([], errorObject(503, 'Busy', { error_type: 'provider_overloaded' })),
    ProviderError.Overloaded,
    'provider_overloaded',
    true
  ),
  fault(
    'an error as the whole answer under 200',
    jsonReply({ error: errorObject(429, 'Slow down') }),
    ProviderError.RateLimited,
    'http_429',
    true
  ),
  fault(
    'finish_reason error',
    chatReply.stream(['Once'], { finish: 'error' }),
    ProviderError.ServerFailed,
    'stream_error',
    true
  ),
  fault(
    'finish_reason content_filter',
    chatReply.stream(['Once'], { finish: 'content_filter' }),
    ProviderError.Refused,
    'content_filter',
    false
  ),
  fault('a refusal', chatReply.refusal('I cannot write this.'), ProviderError.Refused, 'refusal', false),
  fault('an empty answer', chatReply.empty(), ProviderError.EmptyAnswer, 'no_text', true),
  fault('an answer of white space', chatReply.stream([' ', '\n']), ProviderError.EmptyAnswer, 'no_text', true),
  fault(
    'a token limit spent on thinking',
    chatReply.stream([], { reasoning: ['Hm.'], finish: 'length' }),
    ProviderError.EmptyAnswer,
    'token_limit',
    false
  ),
  fault('a line that is not JSON', chatReply.invalidJson(['Once']), ProviderError.BadAnswer, 'not_json', true),
  fault(
    'a piece of the wrong shape',
    chatReply.bytes(['data: {"choices":"none"}\n\n']),
    ProviderError.BadAnswer,
    'wrong_shape',
    false
  ),
  fault('a web page under 200', htmlReply(200), ProviderError.BadAnswer, 'html', false),
]
