import type { Call, CallPurpose } from '@contract/entities/usage'
import { CommonError, FabulaError } from '@contract/errors'
import { CallId } from '@contract/ids'
import { timestamp, type Clock } from '@main/platform/clock'
import { newId } from '@main/platform/ids'
import { ProviderFailure } from '@main/providers/spec/failure'
import { countAttempt, type AttemptCount, type TakenUsage } from './attempt-count'
import type { CallBook } from './call-book'
import { callCost } from './call-cost'
import type { CallPlan } from './call-plan'
import { isSimulated } from './simulations'

/** One call in the books: one for all its attempts, which it counts. */
export interface CallAccount {
  purpose: CallPurpose
  attempts: number
}

/** One attempt while it runs. Its end is written once, whichever comes first. */
export interface LedgerEntry {
  /** Of its row; made when it is first asked for. */
  readonly id: CallId
  /** The first text has come. */
  firstToken(): void
  /** What it takes, as it comes. */
  count: AttemptCount
  /** The answer is whole, and counted. */
  complete(): void
  /** `stopped` when the caller ended it, else `failed`. */
  fail(error: unknown, stopped: boolean): void
  /** Whoever reads the answer wants no more of it: `stopped`, if it has not ended before. */
  leave(): void
}

export interface Ledger {
  begin(account: CallAccount, plan: CallPlan, tokenName: string | null): LedgerEntry
}

/** Is told each attempt that came to its end, before it stands in the ledger, and also where it cannot be written there. */
export type OnCall = (call: Omit<Call, 'storyTitle'>) => void

/** Makes one row for each attempt at a call. */
export function createLedger(ports: { book: Pick<CallBook, 'enter'>; clock: Clock; onCall: OnCall }): Ledger {
  const { book, clock, onCall } = ports
  return {
    begin: (account, plan, tokenName) => {
      account.attempts += 1
      const { purpose, attempts: attempt } = account
      let id: CallId | null = null
      const ownId = () => (id ??= newId(CallId))
      const startedAt = timestamp(clock)
      const began = clock.now()
      // The computer's clock may be set back meanwhile.
      const sinceBegin = () => Math.max(0, Math.round(clock.now() - began))
      let firstTokenMs: number | null = null
      let written = false
      const count = countAttempt()

      const write = (
        end: Pick<Call, 'outcome' | 'errorCode' | 'simulated' | 'status'>,
        taken: () => TakenUsage | null
      ) => {
        if (written) return
        written = true
        const usage = taken()
        const call = {
          id: ownId(),
          startedAt,
          purpose,
          provider: plan.provider.name,
          model: plan.model,
          server: plan.server?.name ?? null,
          tokenName,
          attempt,
          ...end,
          inputTokens: usage?.inputTokens ?? null,
          outputTokens: usage?.outputTokens ?? null,
          ...callCost(plan, usage),
          estimated: usage?.estimated ?? false,
          firstTokenMs,
          totalMs: sinceBegin(),
        }
        onCall(call)
        book.enter(call)
      }
      return {
        get id() {
          return ownId()
        },
        firstToken: () => {
          firstTokenMs ??= sinceBegin()
        },
        count,
        complete: () => write({ outcome: 'complete', errorCode: null, simulated: false, status: null }, count.whole),
        leave: () =>
          write({ outcome: 'stopped', errorCode: null, simulated: false, status: null }, () =>
            count.broken(null, true)
          ),
        fail: (error, stopped) =>
          write(
            {
              outcome: stopped ? 'stopped' : 'failed',
              errorCode: stopped ? null : error instanceof FabulaError ? error.code : CommonError.Internal,
              simulated: !stopped && error instanceof ProviderFailure && isSimulated(error),
              status: error instanceof ProviderFailure ? wholeNumber(error.status) : null,
            },
            () => count.broken(error, stopped)
          ),
      }
    },
  }
}

/** A status that came in the body of an answer may be any number. */
const wholeNumber = (value: number | null) => (Number.isInteger(value) ? value : null)
