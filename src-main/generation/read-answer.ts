import type { AnswerForm } from '@contract/entities/template'
import { listOf } from '@contract/json'
import { checkValue, valueProblem } from '@contract/schema/check-value'
import { problemMessage } from '@contract/schema/problem-message'
import type { ValueKeyword, ValueProblem } from '@contract/schema/value-problem'
import type { JsonObject, JsonValue } from '@contract/values'
import { readCsv, type CsvFault, type CsvRow } from './read-csv'
import { readJson, type AnswerFault } from './read-json'
import { TimeIsUp, withinTime } from './within-time'

/** What was read of an answer, and what is wrong with it. With problems and a value, the value is there and does not fit. */
export interface AnswerReading {
  /** Null where nothing can be read, and for answers in words. */
  value: JsonValue | null
  problems: ValueProblem[]
}

/** Milliseconds in which an answer is held against its schema. Templates come from others, and patterns may never end. */
const LONGEST_CHECK_MS = 500

/**
 * Reads an answer in the form that a template asks for; of a table, the value is the list of its rows. Guesses nothing. A
 * schema that takes too long to be checked is a problem, and what could be read without it is there all the same.
 */
export function readAnswer(form: AnswerForm, answer: string): AnswerReading {
  if (form.format === 'text' || form.schema === null) return read(form, answer)
  return (
    inTime(() => read(form, answer)) ?? { value: read({ ...form, schema: null }, answer).value, problems: [TOO_MUCH] }
  )
}

/** Null where the time is up. */
function inTime<Result>(check: () => Result): Result | null {
  try {
    return withinTime(check, LONGEST_CHECK_MS)
  } catch (error) {
    if (error instanceof TimeIsUp) return null
    throw error
  }
}

function read(form: AnswerForm, answer: string): AnswerReading {
  switch (form.format) {
    case 'text':
      return { value: null, problems: [] }
    case 'json': {
      const { schema } = form
      const reading = readJson(answer, (value) => schema === null || checkValue(schema, value).length === 0)
      if ('fault' in reading) return { value: null, problems: [unreadable(jsonFault(reading.fault))] }
      return { value: reading.value, problems: schema ? checkValue(schema, reading.value) : [] }
    }
    case 'csv': {
      const reading = readCsv(answer, form.schema)
      if ('fault' in reading) return { value: null, problems: [unreadable(csvFault(reading.fault))] }
      const value = reading.rows.map(({ values }) => values)
      if (value.length === 0)
        return { value, problems: [valueProblem({ path: '', keyword: 'minItems', expected: { limit: 1 } }, value)] }
      return { value, problems: rowProblems(reading.rows, reading.columns.length, form.schema) }
    }
  }
}

/** What is wrong with a value that has the form of an answer already: one that the user has changed. */
export function checkAnswer(form: AnswerForm, value: JsonValue): ValueProblem[] {
  if (form.format === 'text' || form.schema === null) return []
  const { format, schema } = form
  const check = () =>
    format === 'json'
      ? checkValue(schema, value)
      : listOf(value).flatMap((row, index) => below(index, checkValue(schema, row)))
  return inTime(check) ?? [TOO_MUCH]
}

/** Problems of a row as those of its table. */
const below = (row: number, problems: readonly ValueProblem[]): ValueProblem[] =>
  problems.map((one) => ({ ...one, path: `/${row}${one.path}` }))

/** Problems of a table: more help nobody. */
const MOST_PROBLEMS = 200

function rowProblems(rows: readonly CsvRow[], columns: number, schema: JsonObject | null): ValueProblem[] {
  const problems: ValueProblem[] = []
  for (const [index, { values, cells }] of rows.entries()) {
    const expected = { cells, columns }
    if (cells !== null)
      problems.push({
        path: `/${index}`,
        keyword: 'cells',
        expected,
        got: null,
        message: problemMessage('cells', expected),
      })
    else if (schema) problems.push(...below(index, checkValue(schema, values)))
    if (problems.length >= MOST_PROBLEMS) return problems.slice(0, MOST_PROBLEMS)
  }
  return problems
}

interface Unreadable {
  keyword: ValueKeyword
  expected: JsonObject
}

const unreadable = ({ keyword, expected }: Unreadable): ValueProblem => ({
  path: '',
  keyword,
  expected,
  got: null,
  message: problemMessage(keyword, expected),
})

/** A schema asks for more time or memory than any answer is worth. */
export const TOO_MUCH = unreadable({ keyword: 'schema', expected: { reason: 'it takes too long to check a value' } })

function jsonFault(fault: AnswerFault): Unreadable {
  switch (fault.kind) {
    case 'nothing':
      return { keyword: 'nothing', expected: {} }
    case 'cut_off':
    case 'too_deep': {
      const { line, column } = fault
      return { keyword: fault.kind, expected: { line, column } }
    }
    case 'broken': {
      const { kind: _kind, ...expected } = fault
      return { keyword: 'broken', expected }
    }
  }
}

function csvFault(fault: CsvFault): Unreadable {
  switch (fault.kind) {
    case 'nothing':
      return { keyword: 'nothing', expected: { columns: [...fault.columns] } }
    case 'cut_off':
      return { keyword: 'cut_off', expected: { line: fault.line, column: 1 } }
    case 'same_column':
      return { keyword: 'same_column', expected: { line: fault.line, name: fault.name } }
  }
}
