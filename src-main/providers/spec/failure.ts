import type { ProviderFacts } from '@contract/error-facts'
import { FabulaError, type ErrorCode } from '@contract/errors'

/**
 * A provider's failure, typed where it was seen. `code` says what kind (`ProviderError` in the contract), `retryable`
 * whether the same request may succeed later, `retryAfterMs` how long the provider asks to wait.
 */
export class ProviderFailure extends FabulaError {
  /** HTTP status, when there was an answer. */
  readonly status: number | null
  readonly retryAfterMs: number | null
  /** The parameters that the provider refused by name; null when it was something else. */
  readonly refused: { names: readonly string[]; always: boolean } | null
  /** Tokens that the model reads, where the error about a text that was too long tells. */
  readonly contextLength: number | null

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      status?: number
      retryAfterMs?: number
      refused?: ProviderFailure['refused']
      contextLength?: number | null
      details: ProviderFacts
      retryable?: boolean
      cause?: unknown
    }
  ) {
    super(code, message, options)
    this.name = 'ProviderFailure'
    this.status = options.status ?? null
    this.retryAfterMs = options.retryAfterMs ?? null
    this.refused = options.refused ?? null
    this.contextLength = options.contextLength ?? null
  }

  /** The same failure with facts that only the caller knows, as the key's name. What it says itself stays. */
  withFacts(facts: Partial<ProviderFacts>): ProviderFailure {
    const { status, retryAfterMs, refused, contextLength, retryable } = this
    return new ProviderFailure(this.code, this.message, {
      details: { provider: '', ...facts, ...this.details },
      refused,
      contextLength,
      retryable,
      ...(status === null ? {} : { status }),
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
      cause: this.cause ?? this,
    })
  }
}
