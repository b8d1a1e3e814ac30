import { z } from 'zod'
import type { AnswerProblem } from '@contract/entities/answer-problem'

/** What is wrong with an answer in JSON. */
export interface AnswerFault {
  /** In words that a model can use. */
  reason: string
  problem: AnswerProblem
  /** The place in the JSON that it is about, such as `contradictions.0.quote`; null for the whole answer. */
  field: string | null
}

/**
 * What is wrong with an answer; of several mistakes the first.
 *
 * @param error what reading or checking it has thrown
 */
export function answerFault(error: unknown, answer: string): AnswerFault {
  if (!(error instanceof z.ZodError)) {
    const reason = error instanceof Error ? error.message : 'The answer is not JSON'
    return { reason, problem: answer.includes('{') ? 'broken' : 'none', field: null }
  }
  const [issue] = error.issues
  if (!issue) return { reason: 'The answer has another form', problem: 'form', field: null }
  const field = issue.path.join('.')
  const reason = `${field || 'answer'}: ${issue.message}`
  return field === '' ? { reason, problem: 'form', field: null } : { reason, problem: problemOf(issue), field }
}

function problemOf(issue: z.core.$ZodIssue): AnswerProblem {
  if (issue.code === 'custom') return 'unnamed'
  if (issue.code === 'too_big') return 'long'
  if (issue.input === undefined) return 'missing'
  if (issue.code === 'invalid_value') return 'value'
  return issue.code === 'invalid_type' ? 'kind' : 'form'
}
