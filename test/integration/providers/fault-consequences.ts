import type { ChainName } from '@contract/entities/preset'
import type { TokenState } from '@contract/entities/token'
import { ProviderError, type ErrorCode } from '@contract/errors'
import { SEEN } from './fault-answers'

/** What must follow from an answer, for a call that has two keys (where there are keys) and a chain for each failure. */
export interface Consequence {
  /** What the user is told when nothing follows, and what the ledger notes; null when the answer is taken. */
  code: ErrorCode | null
  status: number | null
  retryable: boolean
  /** How many of the two keys are tried. */
  keys: 1 | 2
  /** The state of a key that was tried. */
  state: TokenState
  /** The chain that goes on after them; null when nothing may follow. */
  chain: ChainName | null
  /** What the reader has before them afterwards. */
  text: string | null
}

/** It may go better with the next try, or another key. */
export const byChance = (code: ErrorCode, status: number | null = null): Consequence => ({
  code,
  status,
  retryable: true,
  keys: 2,
  state: 'unknown',
  chain: 'errors',
  text: null,
})
/** No key helps: the chain follows at once. */
export const lasting = (code: ErrorCode, status: number | null = null, chain: ChainName = 'errors'): Consequence => ({
  ...byChance(code, status),
  retryable: false,
  keys: 1,
  chain,
})
/** Nothing was reached: no key helps, a later try may. */
export const unreached = (code: ErrorCode): Consequence => ({ ...lasting(code), retryable: true })
export const ofTheKey = (code: ErrorCode, status: number, state: TokenState): Consequence => ({
  ...byChance(code, status),
  retryable: state === 'cooling',
  state,
})
/** What the reader has seen stays, and nothing follows it. */
export const afterText = (code: ErrorCode, retryable: boolean, status: number | null = null): Consequence => ({
  ...lasting(code, status),
  retryable,
  chain: null,
  text: SEEN,
})
export const taken: Consequence = {
  ...afterText(ProviderError.BadAnswer, false),
  code: null,
  state: 'active',
  text: SEEN.trim(),
}
