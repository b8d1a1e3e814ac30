import { ProviderError, type ErrorCode } from '@contract/errors'
import type { ErrorReport } from './error-body'

/** Words that providers use in `error.code`, `error.type` and OpenRouter's `metadata.error_type`. */
const byWord: Readonly<Record<string, ErrorCode>> = {
  context_length_exceeded: ProviderError.ContextExceeded,
  exceed_context_size_error: ProviderError.ContextExceeded,
  content_policy_violation: ProviderError.Refused,
  content_filter: ProviderError.Refused,
  insufficient_quota: ProviderError.PaymentRequired,
  payment_required: ProviderError.PaymentRequired,
  billing_error: ProviderError.PaymentRequired,
  rate_limit_exceeded: ProviderError.RateLimited,
  rate_limit_error: ProviderError.RateLimited,
  provider_overloaded: ProviderError.Overloaded,
  overloaded_error: ProviderError.Overloaded,
  model_not_found: ProviderError.ModelNotFound,
  invalid_api_key: ProviderError.Unauthorized,
  authentication_error: ProviderError.Unauthorized,
  permission_error: ProviderError.Unauthorized,
  api_key_invalid: ProviderError.Unauthorized,
  timeout_error: ProviderError.TimedOut,
  request_too_large: ProviderError.ContextExceeded,
  server_error: ProviderError.ServerFailed,
}

const byStatus: Readonly<Record<number, ErrorCode>> = {
  401: ProviderError.Unauthorized,
  402: ProviderError.PaymentRequired,
  408: ProviderError.TimedOut,
  413: ProviderError.ContextExceeded,
  429: ProviderError.RateLimited,
  451: ProviderError.Blocked,
  503: ProviderError.Overloaded,
  504: ProviderError.TimedOut,
  511: ProviderError.Blocked,
  529: ProviderError.Overloaded,
}

/** Statuses under which servers report a prompt that is too long, in words alone. */
const maybeContext = new Set([null, 400, 422, 500])

const tooLong =
  /context (length|window|size)|maximum context|too many tokens|prompt is too long|(exceeds|longer than) the (available |maximum )?(context|input)/i
const unknownModel =
  /\bmodels?\b.*(not found|does not exist|not exist|unknown)|no endpoints found for|no such model|not a valid model|^model: /i
/** Anthropic and Google answer 400 to an empty account and to a wrong key, and say it in words alone. */
const noCredit = /credit balance is too low/i
const wrongKey = /api key (not valid|expired)/i
/** A key whose own limit is spent, as OpenRouter reports it under 403. */
const keySpent = /key limit exceeded/i
/** What a provider says under 403 when the key is the reason, and what it says when that is the place or the network. */
const aboutKey = /(?<![a-z])keys?(?![a-z])|credential|authenticat|authori[sz]|permission|(access|bearer|auth) token/i
const aboutPlace = /countr(y|ies)|\bregion|territor(y|ies)|location|\bvpn\b|\bip address/i

/** What is known of an answer beside its body. */
export interface AnswerFacts {
  /** Null for an error that came inside a stream without one. */
  status: number | null
  /** It says after how long to ask again. */
  asksToWait: boolean
  /** It has a `WWW-Authenticate` header: whatever else it says, it wants another key. */
  asksForKey: boolean
}

/**
 * Which failure an answer is: by the machine-readable words in it, then by its text where servers have no better way
 * to say it, then by its status.
 */
export function failureCode({ status, asksToWait, asksForKey }: AnswerFacts, report: ErrorReport): ErrorCode {
  // OpenRouter answers 402 with Retry-After when too much is spent at once: then waiting helps.
  if (status === 402 && asksToWait) return ProviderError.RateLimited
  const message = report.message ?? ''
  const word = report.words.find((candidate) => Object.hasOwn(byWord, candidate))
  const named = word === undefined ? undefined : byWord[word]
  if (named && !(status === 403 && named === ProviderError.Unauthorized)) return named
  if (maybeContext.has(status) && tooLong.test(message)) return ProviderError.ContextExceeded
  if (status === 400 && noCredit.test(message)) return ProviderError.PaymentRequired
  if (status === 400 && wrongKey.test(message)) return ProviderError.Unauthorized
  if ((status === 404 || status === 400) && unknownModel.test(message)) return ProviderError.ModelNotFound
  if (status === null) return ProviderError.ServerFailed
  // No API answers a key with a web page: what stands between the two does.
  if (report.html && (status === 401 || status === 402) && !asksForKey) return ProviderError.Blocked
  if (status === 403) return refusedWhy(report, asksForKey || named !== undefined)
  // Not modified, or sent elsewhere without saying where: no API answers so.
  if (status < 400) return ProviderError.BadAnswer
  return byStatus[status] ?? (status >= 500 ? ProviderError.ServerFailed : ProviderError.RequestRejected)
}

/** What a 403 means. Only one that is about the key says something about it: a region or a firewall refuses every key. */
function refusedWhy({ message, words, html }: ErrorReport, isAboutKey: boolean): ErrorCode {
  const said = [message, ...words].join(' ')
  if (keySpent.test(said)) return ProviderError.PaymentRequired
  if (html || aboutPlace.test(said)) return ProviderError.Blocked
  return isAboutKey || aboutKey.test(said) ? ProviderError.Unauthorized : ProviderError.Blocked
}

const transient: ReadonlySet<ErrorCode> = new Set([
  ProviderError.Unreachable,
  ProviderError.BrokeOff,
  ProviderError.TimedOut,
  ProviderError.RateLimited,
  ProviderError.Overloaded,
  ProviderError.ServerFailed,
  ProviderError.BadAnswer,
  ProviderError.EmptyAnswer,
])

/** Whether the same request may succeed later without a change by the user. */
export const isTransient = (code: ErrorCode): boolean => transient.has(code)
