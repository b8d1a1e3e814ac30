import type { Authorship } from '@contract/entities/story'
import type { TurnId } from '@contract/ids'
import type { FinishReason, Usage } from '@main/providers/spec/chat'
import { callCost } from '@main/routing/call-cost'
import type { CallPlan } from '@main/routing/call-plan'
import type { RoleCall } from './turn-outline'

/** What is known of a role's request while it runs and after it. */
export interface CallResult {
  /** The model that was called last: the role's own, or a backup model. */
  plan: CallPlan | null
  tokenName: string | null
  dropped: string[]
  /** As the model gave it. */
  answer: string
  reasoning: string
  usage: Usage | null
  reason: FinishReason | null
}

export const emptyCallResult = (): CallResult => ({
  plan: null,
  tokenName: null,
  dropped: [],
  answer: '',
  reasoning: '',
  usage: null,
  reason: null,
})

/** US dollars; null when nobody says. */
export const costOf = ({ plan, usage }: CallResult): number | null => callCost(plan, usage).cost

/**
 * Who wrote a passage. Its cost is that of the whole turn.
 *
 * @param spent US dollars that the steps before it cost
 */
export function authorshipOf(
  { step, settings }: RoleCall,
  result: CallResult,
  spent: number,
  turnId: TurnId
): Authorship {
  const cost = costOf(result)
  return {
    role: step.role,
    provider: result.plan?.provider.name ?? '',
    model: result.plan?.model ?? settings.model ?? '',
    tokenName: result.tokenName,
    inputTokens: result.usage?.inputTokens ?? null,
    outputTokens: result.usage?.outputTokens ?? null,
    cost: cost === null ? null : cost + spent,
    dropped: result.dropped,
    turnId,
  }
}
