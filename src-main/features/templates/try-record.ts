import type { Try } from '@contract/entities/generation'
import type { Clock } from '@main/platform/clock'
import { callCost } from '@main/routing/call-cost'
import type { AttemptEvent, CallEvent } from '@main/routing/chat-call'

/** One try while it runs. */
export interface TryRecord {
  /** Null before the first attempt. */
  attempt(): AttemptEvent | null
  hear(event: CallEvent): void
  /** As it is so far. */
  made(): Try
}

export function startTry(clock: Clock): TryRecord {
  const began = clock.now()
  let attempt: AttemptEvent | null = null
  let attemptAt = began
  let made: Try = {
    answer: '',
    reasoning: '',
    problems: [],
    cut: false,
    provider: '',
    model: '',
    tokenName: null,
    inputTokens: null,
    outputTokens: null,
    cost: null,
    firstTokenMs: null,
    totalMs: 0,
    error: null,
  }
  // The computer's clock may be set back meanwhile.
  const since = (time: number) => Math.max(0, Math.round(clock.now() - time))

  return {
    attempt: () => attempt,
    hear: (event) => {
      switch (event.type) {
        case 'attempt':
          // What came of the attempt before is given up.
          attempt = event
          attemptAt = clock.now()
          made = {
            ...made,
            answer: '',
            reasoning: '',
            firstTokenMs: null,
            provider: event.plan.provider.name,
            model: event.plan.model,
            tokenName: event.tokenName,
          }
          break
        case 'text':
          made.firstTokenMs ??= since(attemptAt)
          made.answer += event.text
          break
        case 'reasoning':
          made.reasoning += event.text
          break
        case 'toolCall':
          // A template offers no tools.
          break
        case 'end':
          made.cut = event.reason === 'length'
          made.inputTokens = event.usage.inputTokens
          made.outputTokens = event.usage.outputTokens
          made.cost = callCost(attempt?.plan ?? null, event.usage).cost
          break
      }
    },
    made: () => ({ ...made, totalMs: since(began) }),
  }
}
