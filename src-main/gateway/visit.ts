import type { CallPurpose } from '@contract/entities/usage'
import type { Usage } from '@main/providers/spec/chat'
import type { ApiError } from './api-error'
import type { ExpectedUse } from './expected-use'

/** Who asks: a program, by its key. */
export interface Caller {
  /** For the ledger. It is this object that the ledger tells of again, so that what a request cost can be told from others. */
  purpose: Extract<CallPurpose, { kind: 'gateway' }>
  /** Whether the key may use the model of this canonical name. */
  mayUse(model: string): boolean
  /** Whether the key may do more than ask models. Where no key is needed, whoever comes without one may not. */
  manages: boolean
}

/** What came of a request, as far as it went. */
export interface Outcome {
  /** As the program named it; null where it named none. */
  model: string | null
  /** Who answered, or was asked last. */
  answeredBy: { provider: string; model: string } | null
  attempts: number
  usage: Usage | null
  /** What the program was told, also amid a stream that began well. */
  error: ApiError | null
  /** The program left before the end. */
  left: boolean
}

/** One request, between whoever knows the keys and the routes. */
export interface Visit {
  readonly caller: Caller
  /** Aborts when the program leaves; or with the ApiError that it is told, where it must not be answered any longer. */
  readonly signal: AbortSignal
  /** The program asks for this model. */
  named(model: string): void
  /** The program has left amid the answer: aborts `signal`. */
  leave(): void
  /**
   * Lets a request through, or throws the ApiError of the limit that it would pass.
   *
   * @param use what is kept for it until it has ended; null where no model is asked
   * @returns the headers that tell the program what is left of its limits
   */
  admit(use: ExpectedUse | null): Readonly<Record<string, string>>
  /** Called once, when nothing more comes of the request: for a stream, at its end. */
  end(outcome: Outcome): void
}
