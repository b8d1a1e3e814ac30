import { FabulaError, StoryError } from '@contract/errors'
import { JsonValue } from '@contract/values'
import type { AttemptEvent } from '@main/routing/chat-call'
import { answerFault } from './steps/answer-fault'
import type { JsonAnswer } from './steps/turn-step'

/** The note that an answer in JSON becomes. Throws `answer_unusable` for one that is not what was asked for. */
export function readJsonAnswer({ read }: JsonAnswer, answer: string, attempt: AttemptEvent | null): string {
  try {
    return read(JsonValue.parse(JSON.parse(answer)))
  } catch (cause) {
    throw new FabulaError(StoryError.UnusableAnswer, 'The answer does not fit the schema that was asked for', {
      details: {
        provider: attempt?.plan.provider.name ?? '',
        model: attempt?.plan.model ?? '',
        ...answerFault(cause, answer),
      },
      retryable: true,
      cause,
    })
  }
}
