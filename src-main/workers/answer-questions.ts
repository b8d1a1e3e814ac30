import type { AnswerForm } from '@contract/entities/template'
import type { ValueProblem } from '@contract/schema/value-problem'
import type { JsonValue } from '@contract/values'
import type { AnswerReading } from '@main/generation/read-answer'

/** What the thread is asked: to read an answer, or to check a value. `form` is its JSON: many answers have the same one. */
export type AnswerQuestion = { form: string } & ({ answer: string } | { value: JsonValue })

/** To each question in its order. */
export type AnswerToQuestion = { reading: AnswerReading } | { problems: ValueProblem[] } | { fault: string }

/** A form as it goes to the thread. */
export const formText = (form: AnswerForm): string => JSON.stringify(form)
