import { z } from 'zod'

/** What a provider says about a failure, gathered from the shapes that are in use. */
export interface ErrorReport {
  message: string | null
  /** Machine-readable words: an error code, a type, OpenRouter's `error_type`; lower case. */
  words: string[]
  /** The fields of the request that it names by machine-readable means: OpenAI's `param`, FastAPI's `loc`. */
  parameters: string[]
  /** A status that stands in the body, as in OpenRouter's errors inside a stream. */
  status: number | null
  /** The body is a web page: something else than the API answered. */
  html: boolean
  /** How long to wait, where the body says so and the headers do not (Google). */
  retryAfterMs: number | null
  /** Tokens that the model reads, where the body says so by machine-readable means (llama.cpp's `n_ctx`). */
  contextLength: number | null
}

const text = z.string().optional().catch(undefined)
const code = z.union([z.string(), z.number()]).optional().catch(undefined)

const Metadata = z.looseObject({
  error_type: text,
  raw: z.unknown().optional(),
  reasons: z.unknown().optional(),
  flagged_input: z.unknown().optional(),
})
/** Google's further facts: `reason` of an ErrorInfo, `retryDelay` (as `34s`) of a RetryInfo. */
const Detail = z.looseObject({ reason: text, retryDelay: text })

const ErrorObject = z.looseObject({
  message: text,
  param: text,
  code,
  type: code,
  status: code,
  metadata: Metadata.optional().catch(undefined),
  n_ctx: z.number().nullable().catch(null).default(null),
  details: z.array(Detail).optional().catch(undefined),
})

/** An error of Yandex SpeechKit, v1. */
const YandexError = z.looseObject({ error_code: text, error_message: text })

/** One fault that FastAPI found in a request, and where: `['body', 'options', 'top_k']`. */
const RequestFault = z.looseObject({
  msg: z.unknown(),
  type: text,
  loc: z.array(z.union([z.string(), z.number()])).catch([]),
})

const nothing: ErrorReport = {
  message: null,
  words: [],
  parameters: [],
  status: null,
  html: false,
  retryAfterMs: null,
  contextLength: null,
}

/** Reads the body of an answer that failed. */
export function readErrorBody(body: string, depth = 0): ErrorReport {
  if (/^\s*<[!?a-z]/i.test(body)) return { ...nothing, html: true }
  try {
    return readErrorValue(JSON.parse(body), depth)
  } catch {
    return { ...nothing, message: body.trim() || null }
  }
}

/** Errors inside errors, at most: no provider wraps them deeper. */
const DEEPEST = 8

/** Reads an error that came as JSON: `{error: {…}}`, `{error: "…"}`, `{detail: …}`, `{message}`, or the error itself. */
export function readErrorValue(value: unknown, depth = 0): ErrorReport {
  if (typeof value === 'string') return { ...nothing, message: value.trim() || null }
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return nothing
  const within = (inner: unknown) => readErrorValue(inner, depth + 1)
  if (Array.isArray(value)) return fromList(value.map(within))
  if ('error' in value && value.error) return within(value.error)
  if ('detail' in value && value.detail) return within(value.detail)
  if ('error_message' in value) return fromYandex(YandexError.parse(value))
  if ('msg' in value) return fromFault(RequestFault.parse(value), within)
  // Mistral puts what FastAPI says where others have a sentence.
  if ('message' in value && typeof value.message === 'object' && value.message) return within(value.message)
  return fromObject(ErrorObject.parse(value), depth)
}

const fromYandex = ({ error_code: word, error_message: message }: z.infer<typeof YandexError>): ErrorReport => ({
  ...nothing,
  message: message ?? null,
  words: word === undefined ? [] : [word.toLowerCase()],
})

/** Several errors at once are told as the first one; which fields are wrong is gathered from all. */
function fromList(reports: readonly ErrorReport[]): ErrorReport {
  const [first = nothing] = reports
  const words = reports.flatMap((report) => report.words)
  return { ...first, words, parameters: reports.flatMap((report) => report.parameters) }
}

function fromFault(
  { msg, type, loc }: z.infer<typeof RequestFault>,
  within: (inner: unknown) => ErrorReport
): ErrorReport {
  const report = within(msg)
  const place = loc.filter((part) => part !== 'body').join('.')
  // fal says so of what its checkers would not let pass.
  if (type === 'content_policy_violation') return { ...report, words: [type] }
  return type === 'extra_forbidden' ? { ...report, words: [type], parameters: [place] } : report
}

function fromObject(error: z.infer<typeof ErrorObject>, depth: number): ErrorReport {
  const { metadata, details = [] } = error
  const reasons = details.map(({ reason }) => reason)
  const words = [metadata?.error_type, ...reasons, error.code, error.type, error.status].filter(
    (word) => typeof word === 'string'
  )
  // OpenRouter marks a moderated request by what it flagged.
  if (metadata?.reasons !== undefined || metadata?.flagged_input !== undefined) words.push('content_policy_violation')
  const raw = metadata?.raw === undefined ? null : rawMessage(metadata.raw, depth + 1)
  return {
    message: [error.message, raw].filter(Boolean).join(': ') || null,
    words: words.map((word) => word.toLowerCase()),
    status: [error.code, error.status].find((number) => typeof number === 'number') ?? null,
    parameters: error.param === undefined ? [] : [error.param],
    html: false,
    contextLength: error.n_ctx,
    retryAfterMs: delayOf(details.map(({ retryDelay }) => retryDelay)),
  }
}

/** The first delay that is seconds, as `34s` or `0.5s`, in milliseconds. */
function delayOf(delays: readonly (string | undefined)[]): number | null {
  const seconds = delays.map((delay) => /^(\d+(?:\.\d+)?)s$/.exec(delay ?? '')?.[1]).find((one) => one !== undefined)
  return seconds === undefined ? null : Math.round(Number(seconds) * 1000)
}

/** What the provider behind OpenRouter said, which OpenRouter passes on as it came. */
function rawMessage(raw: unknown, depth: number): string | null {
  return typeof raw === 'string' ? readErrorBody(raw, depth).message : readErrorValue(raw, depth).message
}
