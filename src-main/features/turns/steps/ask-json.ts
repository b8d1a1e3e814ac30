import { z } from 'zod'
import { FabulaError, StoryError } from '@contract/errors'
import type { JsonObject } from '@contract/values'
import { PROBLEM, UNREADABLE } from '@main/prompts/notes'
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

/** The first thing that is wrong, in words that a model can use. */
const problemOf = (error: unknown): string => {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues
    return issue ? `${issue.path.join('.') || 'answer'}: ${issue.message}` : 'The answer has another form'
  }
  return error instanceof Error ? error.message : 'The answer is not JSON'
}

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
        return shape.parse(jsonIn(answer.text))
      } catch (cause) {
        const failure = new FabulaError(
          StoryError.UnusableAnswer,
          'The answer does not have the form that was asked for',
          {
            details: { provider: answer.provider, model: answer.model, reason: problemOf(cause) },
            retryable: true,
            cause,
          }
        )
        desk.refuse(failure)
        if (tries === 2) throw failure
        notes.set(UNREADABLE, { text: answer.text.slice(0, SENT_BACK) })
        notes.set(PROBLEM, { text: problemOf(cause) })
      }
    }
  } finally {
    notes.delete(UNREADABLE)
    notes.delete(PROBLEM)
  }
}
