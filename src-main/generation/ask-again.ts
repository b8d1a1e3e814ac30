import { partsOf } from '@contract/schema/pointer'
import type { ValueProblem } from '@contract/schema/value-problem'
import type { AnswerFormat } from '@contract/entities/template'
import type { TextMessage } from '@main/providers/spec/chat'

/** Problems that a model is told of: what is more is mostly the same again. */
const MOST_TOLD = 20
/** Characters of an answer that go back; the beginning of a longer one. */
const LONGEST_ANSWER = 40_000

/**
 * The messages that ask once more: the first ones, the last answer, and what is wrong with it. Earlier tries are left
 * out, so that they take no room.
 *
 * @param messages what was sent first
 * @param problems at least one
 */
export function askAgain(
  messages: readonly TextMessage[],
  answer: string,
  problems: readonly ValueProblem[],
  format: Exclude<AnswerFormat, 'text'>
): TextMessage[] {
  // A provider refuses an empty message.
  const said: TextMessage[] = answer.trim() === '' ? [] : [{ role: 'assistant', content: shortened(answer) }]
  return [...messages, ...said, { role: 'user', content: correction(problems, format) }]
}

const shortened = (answer: string): string =>
  answer.length <= LONGEST_ANSWER ? answer : `${answer.slice(0, LONGEST_ANSWER).replace(/\p{Cs}$/u, '')}…`

/** What a model is told of its answer: each problem with its place, what is expected and what was there. */
function correction(problems: readonly ValueProblem[], format: 'json' | 'csv'): string {
  const told = problems.slice(0, MOST_TOLD).map((problem) => `- ${said(problem, format)}`)
  const more = problems.length - told.length
  return [
    'Your answer cannot be used:',
    ...told,
    ...(more > 0 ? [`- and ${more} more of this kind`] : []),
    '',
    format === 'json'
      ? 'Correct this and answer with the whole JSON again, and with nothing else.'
      : 'Correct this and answer with the whole CSV table again, header included, and with nothing else.',
  ].join('\n')
}

function said({ path, message, got, keyword }: ValueProblem, format: 'json' | 'csv'): string {
  const there = got === null || keyword === 'additionalProperties' ? '' : `, and is ${got}`
  const place = format === 'csv' ? placeInTable(path) : path
  return place === '' && got === null ? message : `${place || 'the whole answer'} ${message}${there}`
}

/** `/3/age` → `row 4, column age` */
function placeInTable(path: string): string {
  const [row, ...rest] = partsOf(path)
  if (row === undefined) return ''
  return [`row ${Number(row) + 1}`, ...(rest.length > 0 ? [`column ${rest.join('/')}`] : [])].join(', ')
}
