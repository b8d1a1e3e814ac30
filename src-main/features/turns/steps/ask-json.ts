import type { z } from 'zod'
import { FabulaError, StoryError } from '@contract/errors'
import type { JsonObject } from '@contract/values'
import { PROBLEM, UNREADABLE } from '@main/prompts/notes'
import { answerFault } from './answer-fault'
import { jsonIn } from './json-text'
import type { StepDesk, StepPrompt } from './turn-step'

export interface JsonAsked<Value> {
  prompt: StepPrompt
  /** For providers that can hold a model to it. */
  schema: JsonObject
  /** What the answer is checked against, whichever provider gave it. */
  shape: z.ZodType<Value>
  signal: AbortSignal
  /** Told of each answer. */
  onAnswer?: (answer: { tokens: number; cost: number }) => void
}

/** Characters of an answer that are sent back: enough to see what went wrong. */
const SENT_BACK = 4000

/**
 * Asks for JSON. An answer that cannot be read goes back to the model once, with what is wrong with it; throws
 * `answer_unusable` when the second one is no better.
 */
export async function askJson<Value>(desk: StepDesk, asked: JsonAsked<Value>): Promise<Value> {
  const { prompt, schema, shape, signal, onAnswer } = asked
  const { notes } = desk.scene
  try {
    for (let tries = 1; ; tries += 1) {
      const answer = await desk.ask({ prompt, schema, signal })
      onAnswer?.(answer)
      try {
        return shape.parse(jsonIn(answer.text), { reportInput: true })
      } catch (cause) {
        const fault = answerFault(cause, answer.text)
        const failure = new FabulaError(
          StoryError.UnusableAnswer,
          'The answer does not have the form that was asked for',
          {
            details: { provider: answer.provider, model: answer.model, ...fault },
            retryable: true,
            cause,
          }
        )
        desk.refuse(failure)
        if (tries === 2) throw failure
        notes.set(UNREADABLE, { text: answer.text.slice(0, SENT_BACK) })
        notes.set(PROBLEM, { text: fault.reason })
      }
    }
  } finally {
    notes.delete(UNREADABLE)
    notes.delete(PROBLEM)
  }
}
