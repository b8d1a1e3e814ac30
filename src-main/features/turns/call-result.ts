import type { Authorship } from '@contract/entities/story'
import type { PassageNote } from '@contract/entities/turn-results'
import type { TurnId } from '@contract/ids'
import type { FinishReason, Usage } from '@main/providers/spec/chat'
import { callCost } from '@main/routing/call-cost'
import type { AttemptEvent } from '@main/routing/chat-call'
import type { RoleCall } from './turn-outline'

/** What is known of a role's request while it runs and after it. All but `attempts` is of the last attempt. */
export interface CallResult {
  /** Null before the first. */
  attempt: AttemptEvent | null
  attempts: number
  /** As the model gave it. */
  answer: string
  reasoning: string
  usage: Usage | null
  reason: FinishReason | null
  /** When the attempt began, and when its first text came; milliseconds since the epoch. */
  attemptAt: number
  firstTextAt: number | null
}

export const emptyCallResult = (): CallResult => ({
  attempt: null,
  attempts: 0,
  answer: '',
  reasoning: '',
  usage: null,
  reason: null,
  attemptAt: 0,
  firstTextAt: null,
})

/** What is known when an attempt begins: nothing of the one before it counts any more. */
export const nextAttempt = ({ attempts }: CallResult, attempt: AttemptEvent, now: number): CallResult => ({
  ...emptyCallResult(),
  attempt,
  attempts: attempts + 1,
  attemptAt: now,
})

/** US dollars; null when the price is not known. */
export const costOf = ({ attempt, usage }: CallResult): number | null => callCost(attempt?.plan ?? null, usage).cost

/**
 * Who wrote a passage. Its cost is that of the whole turn.
 *
 * @param spent US dollars, the cost of this request among them
 */
export function authorshipOf(
  { role, settings }: RoleCall,
  result: CallResult,
  { spent, turnId, notes }: { spent: number; turnId: TurnId; notes: readonly PassageNote[] }
): Authorship {
  const { attempt, usage } = result
  return {
    role,
    provider: attempt?.plan.provider.name ?? '',
    model: attempt?.plan.model ?? settings.model ?? '',
    tokenName: attempt?.tokenName ?? null,
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    cost: costOf(result) === null ? null : spent,
    dropped: attempt?.dropped ?? [],
    turnId,
    ...(notes.length > 0 ? { notes: [...notes] } : {}),
  }
}
