import type { RoleWork } from '@contract/entities/model-config'
import type { StepAnswer, StepDesk } from './turn-step'

/** What a step that asks more than once may take in one turn. */
export interface Budget {
  /** Ends with the turn, and when the time is up. */
  signal: AbortSignal
  /** The time is up. */
  isOver(): boolean
  take(answer: Pick<StepAnswer, 'tokens' | 'cost'>): void
  /** Whether another request would be too much, and of what. */
  spent(): 'tokens' | 'cost' | 'time' | null
  close(): void
}

export function openBudget(
  desk: Pick<StepDesk, 'signal'>,
  { maxTokens, maxCost, maxSeconds }: Required<Pick<RoleWork, 'maxTokens' | 'maxCost' | 'maxSeconds'>>
): Budget {
  const timer = new AbortController()
  const timeout = setTimeout(() => timer.abort(new Error('The time for the step is up')), maxSeconds * 1000)
  let tokens = 0
  let cost = 0
  /** The next request will be about as large as the largest one before. */
  let largest = 0
  return {
    signal: AbortSignal.any([desk.signal, timer.signal]),
    isOver: () => timer.signal.aborted,
    take: (answer) => {
      tokens += answer.tokens
      cost += answer.cost
      largest = Math.max(largest, answer.tokens)
    },
    spent: () => {
      if (timer.signal.aborted) return 'time'
      if (tokens + largest > maxTokens) return 'tokens'
      return cost >= maxCost && cost > 0 ? 'cost' : null
    },
    close: () => clearTimeout(timeout),
  }
}
