import { FabulaError, ProviderError } from '@contract/errors'
import { JsonValue } from '@contract/values'
import type { AttemptEvent } from '@main/routing/chat-call'
import type { JsonAnswer } from './steps/turn-step'

/** The note that an answer in JSON becomes. Throws `provider_bad_answer` for one that is not what was asked for. */
export function readJsonAnswer({ read }: JsonAnswer, answer: string, attempt: AttemptEvent | null): string {
  try {
    return read(JsonValue.parse(JSON.parse(answer)))
  } catch (cause) {
    throw new FabulaError(ProviderError.BadAnswer, 'The answer does not fit the schema that was asked for', {
      details: { provider: attempt?.plan.provider.name ?? '', model: attempt?.plan.model ?? '', reason: 'schema' },
      retryable: true,
      cause,
    })
  }
}
