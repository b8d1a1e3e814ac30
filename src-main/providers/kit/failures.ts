import type { ProviderFacts } from '@contract/error-facts'
import { CommonError, MediaError, PresetError, ProviderError, ServerError, type ErrorCode } from '@contract/errors'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection } from '@main/providers/spec/protocol'
import { contextLimit } from './context-limit'
import { readErrorBody, readErrorValue, type ErrorReport } from './error-body'
import { failureCode, isTransient } from './failure-codes'
import type { Limit } from './limits'
import { isBrokenHttp, networkFault } from './network-codes'
import { refusedParameters } from './refused-parameters'
import { retryAfterMs } from './retry-after'

/** Characters of a message that are shown and kept, of one that is read for what it means, and of a word. */
const MESSAGE_LIMIT = 300
const READ_LIMIT = 1000
const WORD_LIMIT = 64
const MOST_WORDS = 50

/** Who failed; with the model, when it was asked for something. */
export type Source = Connection & { model?: string }

interface Facts {
  /** A short machine-readable word: `http_429`, `ECONNREFUSED`, `redirect`. */
  reason: string
  status?: number
  providerMessage?: string | null
  retryAfterMs?: number | null
  retryable?: boolean
  refused?: ProviderFailure['refused']
  contextLength?: number | null
  redirectedTo?: string
  /** Facts that Fabula itself knows. */
  more?: Partial<ProviderFacts>
  cause?: unknown
}

/**
 * Every ProviderFailure is made here, so that each carries the same facts and none carries a key: whatever a server wrote
 * passes the redactor, and only then is cut.
 */
function makeFailure(connection: Source, code: ErrorCode, facts: Facts): ProviderFailure {
  const { definition, baseUrl } = connection
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : ''
  const clean = (text: string, limit: number) => wellFormed(cleanText(connection, text, limit))
  const reason = clean(facts.reason, WORD_LIMIT)
  const details: ProviderFacts = { provider: definition.name, host, reason, ...facts.more }
  if (connection.model !== undefined) details.model = connection.model
  if (facts.status !== undefined) details.status = facts.status
  if (facts.providerMessage) details.providerMessage = clean(facts.providerMessage, MESSAGE_LIMIT)
  if (facts.redirectedTo !== undefined) details.redirectedTo = clean(facts.redirectedTo, MESSAGE_LIMIT)
  if (facts.contextLength) details.limit = facts.contextLength
  if (facts.retryAfterMs) details.seconds = Math.ceil(facts.retryAfterMs / 1000)
  return new ProviderFailure(code, `${definition.name} (${host}) failed with ${code}: ${reason}`, {
    details,
    retryable: facts.retryable ?? isTransient(code),
    refused: facts.refused ?? null,
    contextLength: facts.contextLength ?? null,
    ...(facts.status === undefined ? {} : { status: facts.status }),
    ...(typeof facts.retryAfterMs === 'number' ? { retryAfterMs: facts.retryAfterMs } : {}),
    ...(facts.cause === undefined ? {} : { cause: facts.cause }),
  })
}

const cleanText = (connection: Source, text: string, limit: number) => connection.redact(text).slice(0, limit)

/** With a replacement character for each half of one: a cut makes such halves, and a server may send them. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8')

/** An answer whose status says that it failed. */
export function answerFailure(
  connection: Source,
  answer: { status: number; headers: Headers; body: string }
): ProviderFailure {
  const report = readErrorBody(answer.body)
  const wait = retryAfterMs(answer.headers, Date.now()) ?? report.retryAfterMs
  return reportFailure(connection, report, answer.status, wait, answer.headers.has('www-authenticate'))
}

/** An error that came as JSON inside an answer whose status said that all is well. */
export function streamFailure(connection: Source, error: unknown): ProviderFailure {
  const report = readErrorValue(error)
  return reportFailure(connection, report, report.status, report.retryAfterMs)
}

/** @param asksForKey whether the answer has a `WWW-Authenticate` header */
function reportFailure(
  connection: Source,
  said: ErrorReport,
  status: number | null,
  wait: number | null,
  asksForKey = false
) {
  const report = inShort(connection, said)
  const reason = report.html ? 'html' : (report.words[0] ?? (status === null ? 'stream_error' : `http_${status}`))
  const refused = refusedParameters(status, report)
  const code = refused
    ? ProviderError.RequestRejected
    : failureCode({ status, asksToWait: wait !== null, asksForKey }, report)
  return makeFailure(connection, code, {
    reason,
    refused,
    contextLength: code === ProviderError.ContextExceeded ? contextLimit(report) : null,
    providerMessage: report.message,
    retryAfterMs: wait,
    ...(status === null ? {} : { status }),
  })
}

/** What was said as far as it is read: what looks for a meaning in it must not take minutes over a hostile text. */
const inShort = (connection: Source, { message, words, parameters, ...rest }: ErrorReport): ErrorReport => ({
  ...rest,
  message: message && cleanText(connection, message, READ_LIMIT),
  words: words.slice(0, MOST_WORDS).map((word) => cleanText(connection, word, WORD_LIMIT)),
  parameters: parameters.slice(0, MOST_WORDS).map((name) => cleanText(connection, name, WORD_LIMIT)),
})

/** The provider sent the request elsewhere: to an address that must not get the key. */
export const redirectFailure = (connection: Source, origin: string): ProviderFailure =>
  makeFailure(connection, ProviderError.Unreachable, {
    reason: 'redirect',
    retryable: false,
    redirectedTo: origin,
  })

/** The library from which a server should load the model has none of this name: the same request never succeeds. */
export const notInLibrary = (connection: Source, cause: unknown): ProviderFailure =>
  makeFailure(connection, ServerError.NotInLibrary, { reason: 'not_in_library', retryable: false, cause })

/**
 * An answer that is not what the wire format says.
 * - `html`: a web page; `not_json`, `wrong_shape`: what they say; `cut_off`: a stream that ended before it began;
 * - `broken_head`, `broken_body`: no HTTP, or none that can be read.
 */
export const badAnswer = (
  connection: Source,
  reason: 'html' | 'not_json' | 'wrong_shape' | 'broken_head' | 'broken_body' | typeof CUT_OFF
): ProviderFailure => makeFailure(connection, ProviderError.BadAnswer, { reason, retryable: byChance.has(reason) })

/** What the details say of an answer that its server ended: the server is there. */
export const CUT_OFF = 'cut_off'

/** A web page, a strange shape or another protocol comes from what stands at the address, and will come again. */
const byChance: ReadonlySet<string> = new Set([CUT_OFF, 'not_json', 'broken_body'])

/** A stream that ended before the answer was at its end. `began`: some of the answer had come. */
export const cutOff = (connection: Source, began: boolean): ProviderFailure =>
  began ? makeFailure(connection, ProviderError.BrokeOff, { reason: CUT_OFF }) : badAnswer(connection, CUT_OFF)

/** More came than Fabula takes. It would come again. */
export const tooLarge = (connection: Source, reason: Limit): ProviderFailure =>
  makeFailure(connection, ProviderError.TooLarge, { reason, retryable: false })

/** What came is not what was asked for: another kind of file, or nothing. @param type what it is, as `application/json` */
export const wrongMediaType = (connection: Source, type: string): ProviderFailure =>
  makeFailure(connection, MediaError.WrongType, { reason: type, retryable: false })

/** The model ended without a word. `outOfTokens`: it spent its whole token limit before the first one, by thinking. */
export const emptyAnswer = (connection: Source, outOfTokens: boolean): ProviderFailure =>
  makeFailure(connection, ProviderError.EmptyAnswer, {
    reason: outOfTokens ? 'token_limit' : 'no_text',
    retryable: !outOfTokens,
  })

/** The model, or a filter in front of it, would not write this. */
export const refusal = (connection: Source, providerMessage: string | null, reason: string): ProviderFailure =>
  makeFailure(connection, ProviderError.Refused, { reason, providerMessage })

/** The provider knows no more of a job, or has its files no more. */
export const mediaGone = (connection: Source, what: 'job' | 'file'): ProviderFailure =>
  makeFailure(connection, what === 'job' ? MediaError.JobLost : MediaError.Expired, {
    reason: 'gone',
    retryable: false,
  })

/** A job that the provider says has failed. */
export const mediaNotMade = (connection: Source, providerMessage: string | null, reason: string): ProviderFailure =>
  makeFailure(connection, MediaError.NotMade, { reason, providerMessage, retryable: false })

/** The provider has no such model, or not of this kind. */
export const unknownModel = (connection: Source): ProviderFailure =>
  makeFailure(connection, ProviderError.ModelNotFound, { reason: 'unknown_model' })

/** The call needs a provider setting that is not set. */
export const settingMissing = (connection: Source, setting: string): ProviderFailure =>
  makeFailure(connection, PresetError.InvalidSetting, {
    reason: 'not_set',
    more: { path: `settings.${setting}`, message: `${connection.definition.name} needs the setting ${setting}.` },
  })

/** Something answers at the address, but it is not Ollama. */
export const notOllama = (connection: Source): ProviderFailure =>
  makeFailure(connection, ProviderError.NotOllama, { reason: 'no_version', retryable: false })

/** What to throw when a request got no answer: the signal's reason, or a ProviderFailure for what stood in the way. */
export const fetchFailure = (connection: Source, error: unknown, signal: AbortSignal): unknown =>
  transportFailure(connection, error, signal) ?? (isBrokenHttp(error) ? badAnswer(connection, 'broken_head') : error)

/**
 * What to throw when an answer's body broke. Whatever a body throws is the doing of who sent it; a server whose answer was
 * coming could be reached.
 */
export function bodyFailure(connection: Source, error: unknown, signal: AbortSignal): unknown {
  const fault = failureAmong(error) ? null : networkFault(error)
  if (!signal.aborted && fault?.code === ProviderError.Unreachable)
    return makeFailure(connection, ProviderError.BrokeOff, { reason: fault.reason })
  return transportFailure(connection, error, signal) ?? badAnswer(connection, 'broken_body')
}

/**
 * What to throw for an error that came out of a request or the reading of its answer: the signal's own reason when the
 * caller cancelled, the ProviderFailure that stands among its causes, or a new one for what the network did. What is left
 * is a bug.
 */
export function requestFailure(connection: Source, error: unknown, signal: AbortSignal): unknown {
  const failure = transportFailure(connection, error, signal)
  if (failure !== null) return failure
  if (error instanceof SyntaxError) return badAnswer(connection, 'not_json')
  return makeFailure(connection, CommonError.Internal, { reason: 'unexpected', cause: error })
}

function transportFailure(connection: Source, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  const failure = failureAmong(error)
  if (failure) return failure
  const fault = networkFault(error)
  return fault && makeFailure(connection, fault.code, { reason: fault.reason, retryable: fault.retryable })
}

function failureAmong(error: unknown): ProviderFailure | null {
  if (error instanceof ProviderFailure) return error
  return error instanceof Error ? failureAmong(error.cause) : null
}
