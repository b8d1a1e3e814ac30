import {
  CommonError,
  FabulaError,
  GatewayError,
  ModelError,
  PresetError,
  ProviderError,
  ServerError,
  TemplateError,
  TokenError,
  VaultError,
  type ErrorCode,
  type ErrorShape,
} from '@contract/errors'
import type { BatchCounts } from '@main/data/batch-store'
import type { GenerationRow } from '@main/data/stored-generation'

/** What every other row would meet too. */
const forAll = new Set<ErrorCode>([
  ...Object.values(TokenError),
  ...Object.values(VaultError),
  ...Object.values(PresetError),
  ...Object.values(ServerError),
  ...Object.values(TemplateError),
  ModelError.Disabled,
  ProviderError.Unauthorized,
  ProviderError.PaymentRequired,
  ProviderError.ModelNotFound,
  ProviderError.Blocked,
  CommonError.NotFound,
  GatewayError.KeyGone,
  GatewayError.KeyMayNot,
  GatewayError.KeySpent,
])
/** What passes by itself, and is no row's own fault. */
const passing = new Set<ErrorCode>([
  TokenError.NoneUsable,
  ProviderError.RateLimited,
  ProviderError.Overloaded,
  ProviderError.Unreachable,
])
/** Rows that fail one after the other before a batch gives up. */
const MOST_IN_A_ROW = 10
/** Answers that do not have the form, before the user is asked whether to go on; of a batch that has no other ones. */
const FIRST_INVALID = 10
/** Milliseconds that a batch rests by itself, at most; and where the provider does not say how long. */
const LONGEST_REST_MS = 120_000
const USUAL_REST_MS = 2000

/** What a failure of one row means for its batch. */
export type Trouble =
  /** The row failed, the others may not. */
  | { kind: 'row' }
  /** The row is taken again after a rest. */
  | { kind: 'rest'; ms: number }
  /** The row waits, and the batch is paused for this reason. */
  | { kind: 'pause'; error: FabulaError }

/** Judges how rows end, so that what every row would meet does not burn through all of them. */
export interface Troubles {
  judge(error: ErrorShape): Trouble
  /** Of one that was answered; null where nothing is wrong with the batch. */
  answered(generation: Pick<GenerationRow, 'state' | 'tries'>): Trouble | null
}

/** `before`: what is known of the batch from earlier runs. A user who went on although no answer fits is not asked again. */
export function createTroubles(before: Pick<BatchCounts, 'complete' | 'invalid'>): Troubles {
  let inARow = 0
  let { complete, invalid } = before
  const paths = new Set<string>()
  return {
    judge: (shape) => {
      const { code, details, retryable } = shape
      inARow += 1
      const seconds = typeof details['seconds'] === 'number' ? details['seconds'] : null
      const ms = seconds === null ? USUAL_REST_MS : seconds * 1000
      const rests = passing.has(code) && retryable && ms <= LONGEST_REST_MS
      if (rests && inARow < MOST_IN_A_ROW) return { kind: 'rest', ms }
      if (forAll.has(code) || passing.has(code) || inARow >= MOST_IN_A_ROW)
        return { kind: 'pause', error: FabulaError.from(shape) }
      return { kind: 'row' }
    },
    answered: ({ state, tries }) => {
      inARow = 0
      if (state === 'complete') complete += 1
      else invalid += 1
      paths.add(tries.at(-1)?.problems[0]?.path ?? '')
      if (complete > 0 || invalid !== FIRST_INVALID) return null
      const [path] = paths.size === 1 ? paths : []
      return {
        kind: 'pause',
        error: new FabulaError(TemplateError.NoneFits, `None of the first ${FIRST_INVALID} answers has the form`, {
          details: { count: FIRST_INVALID, path: path || undefined },
        }),
      }
    },
  }
}
