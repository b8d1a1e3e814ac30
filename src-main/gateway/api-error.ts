import type { ErrorCode } from '@contract/errors'
import { cutText } from '@contract/names'

/** What kind of failure OpenAI's API calls it. */
export type ApiErrorType = 'invalid_request_error' | 'insufficient_quota' | 'requests' | 'tokens' | 'server_error'

export interface ApiErrorBody {
  error: { message: string; type: ApiErrorType; param: string | null; code: string }
}

/**
 * A failure as a program hears it, in the shape of OpenAI's API: its clients make their typed errors of the status. Whoever
 * makes one says what happened, why and what to do, and nothing secret.
 */
export class ApiError extends Error {
  readonly status: number
  /** Machine-readable: `model_not_found`. */
  readonly code: string
  readonly type: ApiErrorType
  /** The field of the request that is wrong: `messages[0].content`. */
  readonly param: string | null
  /** Seconds after which another try may succeed; null where nobody knows. */
  readonly retryAfter: number | null
  /** The same request may succeed later without a change. */
  readonly retryable: boolean
  /** The method that the address takes, where it was asked with another one. */
  readonly allow: string | null
  /** Which of Fabula's own errors it was. */
  readonly origin: ErrorCode | null
  /** What is said besides, such as what is left of the key's limits. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      type?: ApiErrorType
      param?: string | null
      retryAfter?: number | null
      retryable?: boolean
      allow?: string
      origin?: ErrorCode
      headers?: Readonly<Record<string, string>>
      cause?: unknown
    } = {}
  ) {
    super(message, { cause: more.cause })
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.type = more.type ?? (status === 429 ? 'requests' : status < 500 ? 'invalid_request_error' : 'server_error')
    this.param = more.param ?? null
    this.retryAfter = more.retryAfter ?? null
    this.retryable = more.retryable ?? false
    this.allow = more.allow ?? null
    this.origin = more.origin ?? null
    this.headers = more.headers ?? {}
  }

  /** The same of a field of the request. */
  about(param: string): ApiError {
    const { status, code, message, type, retryAfter, retryable, allow, origin, cause } = this
    const more = { type, param, retryAfter, retryable, cause }
    return new ApiError(status, code, message, { ...more, ...(allow ? { allow } : {}), ...(origin ? { origin } : {}) })
  }

  toBody(): ApiErrorBody {
    const { message, type, param, code } = this
    return { error: { message, type, param, code } }
  }

  /** `x-should-retry` keeps OpenAI's clients from asking again in vain: without it they go by the status alone. */
  toHeaders(): Record<string, string> {
    return {
      ...this.headers,
      'x-should-retry': String(this.retryable),
      ...(this.retryAfter === null ? {} : { 'retry-after': String(this.retryAfter) }),
      ...(this.allow === null ? {} : { allow: this.allow }),
    }
  }

  toResponse(): Response {
    return Response.json(this.toBody(), { status: this.status, headers: this.toHeaders() })
  }
}

/** A field of the request is wrong, or asks for what the gateway does not have. */
export const badField = (param: string | null, message: string, code = 'invalid_value'): ApiError =>
  new ApiError(400, code, message, { param })

/** No model is called so. */
export const unknownModel = (name: string, what = 'GET /v1/models lists those that there are.'): ApiError =>
  new ApiError(404, 'model_not_found', `The model \`${shown(name)}\` does not exist. ${what}`, { param: 'model' })

/** Several models are called so, by these names in full. */
export const ambiguousModel = (name: string, names: readonly string[]): ApiError =>
  new ApiError(
    404,
    'model_not_found',
    `Several models are called \`${shown(name)}\`. Name one of them in full: ${names.join(', ')}.`,
    { param: 'model' }
  )

/** The model is there, and the key may not use it. Said with the code that OpenAI says it with. */
export const forbiddenModel = (name: string): ApiError =>
  new ApiError(
    403,
    'model_not_found',
    `This key may not use the model \`${shown(name)}\`. Choose another model or key.`,
    {
      param: 'model',
    }
  )

const LONGEST_NAME = 200

/** What a program sent, as far as it is worth repeating. */
const shown = (name: string): string => cutText(name, LONGEST_NAME)
