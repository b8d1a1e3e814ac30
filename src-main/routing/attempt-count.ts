import { ProviderError, type ErrorCode } from '@contract/errors'
import { estimateTokens } from '@main/platform/token-estimate'
import type { ChatEvent, Usage } from '@main/providers/spec/chat'
import { ProviderFailure } from '@main/providers/spec/failure'
import { isTimeLimit } from './call-limits'

/** What an attempt took. `estimated`: some of it is not the provider's own count. */
export interface TakenUsage extends Usage {
  estimated: boolean
}

/** Counts what an attempt takes of its model while it runs, because one that is stopped or breaks off is charged for too. */
export interface AttemptCount {
  /** The request goes out. `about`: what it takes by an estimate, before anything is written; asked where nobody counts. */
  sent(about: () => Usage): void
  /** The model wrote this: text, thoughts, or what a tool is called with. */
  wrote(text: string): void
  /** What the provider has counted until now; null is what it does not say. */
  counted(usage: Usage): void
  /** What a whole answer took. */
  whole(): TakenUsage | null
  /** What an attempt took that ended like this; null where the provider did not take the request: then it costs nothing. */
  broken(error: unknown, stopped: boolean): TakenUsage | null
}

/** Failures of a provider that had taken the request, also where nothing of an answer was seen. */
const afterTaking: ReadonlySet<ErrorCode> = new Set([
  ProviderError.BrokeOff,
  ProviderError.EmptyAnswer,
  ProviderError.Refused,
])

/** A status says that the request was turned away. One that was stopped, or waited for too long, was at work. */
const wasTaken = (error: unknown, stopped: boolean): boolean =>
  stopped ||
  (error instanceof ProviderFailure && error.status === null && (afterTaking.has(error.code) || isTimeLimit(error)))

export function countAttempt(): AttemptCount {
  let about: (() => Usage) | null = null
  let counted: Usage | null = null
  let began = false
  /** What was written since the provider counted. */
  let uncounted = ''

  const whole = (): TakenUsage | null => {
    if (!about) return counted && { ...counted, estimated: false }
    const { inputTokens = null, outputTokens = null, cost = null, byPrice } = counted ?? {}
    if (inputTokens !== null && outputTokens !== null && uncounted === '' && counted)
      return { ...counted, estimated: false }
    const likely = about()
    const isPriced = cost !== null || byPrice !== undefined || likely.byPrice === undefined
    const written = outputTokens ?? likely.outputTokens
    return {
      ...likely,
      ...counted,
      inputTokens: inputTokens ?? likely.inputTokens,
      outputTokens: written === null ? null : written + estimateTokens(uncounted),
      estimated: !isPriced || uncounted !== '' || (inputTokens === null && likely.inputTokens !== null),
    }
  }
  return {
    sent: (likely) => {
      about = likely
    },
    wrote: (text) => {
      began = true
      uncounted += text
    },
    counted: (usage) => {
      counted = {
        ...usage,
        inputTokens: usage.inputTokens ?? counted?.inputTokens ?? null,
        outputTokens: usage.outputTokens ?? counted?.outputTokens ?? null,
        cost: usage.cost ?? counted?.cost ?? null,
      }
      if (usage.outputTokens !== null) uncounted = ''
    },
    whole,
    broken: (error, stopped) => (about && (began || counted || wasTaken(error, stopped)) ? whole() : null),
  }
}

/** What the model wrote of an event. */
export function writtenIn(event: ChatEvent): string | undefined {
  if (event.type === 'end') return undefined
  return event.type === 'toolCall' ? (event.name ?? '') + event.arguments : event.text
}
