import type { FinishReason, Usage } from '@main/providers/spec/chat'
import type { CallPlan } from '@main/routing/call-plan'

/** What is known of a call while it runs and after it. */
export interface CallResult {
  /** The model that was called last: the role's own, or a fallback. */
  plan: CallPlan | null
  tokenName: string | null
  dropped: string[]
  usage: Usage | null
  reason: FinishReason | null
}

export const nobody = (): CallResult => ({
  plan: null,
  tokenName: null,
  dropped: [],
  usage: null,
  reason: null,
})
