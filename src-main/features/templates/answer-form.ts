import type { AnswerForm } from '@contract/entities/template'
import type { TryProblem } from '@contract/entities/generation'
import { isObject, listOf, textOf } from '@contract/json'
import { fits, validateSettings } from '@contract/schema/validate-settings'
import type { JsonObject, JsonValue } from '@contract/values'
import { readCsv, type CsvFault } from '@main/generation/read-csv'
import { readJson, type AnswerFault } from '@main/generation/read-json'

/** What was read of an answer, and in what it differs from the form that was asked for. */
export interface ReadAnswer {
  /** Null where nothing could be read, and of a text. */
  value: JsonValue
  problems: TryProblem[]
}

/** Holds an answer against the form that a template asks for. Nothing is guessed (`src-main/generation/`). */
export function readAnswer(form: AnswerForm, answer: string): ReadAnswer {
  switch (form.format) {
    case 'text':
      return { value: null, problems: [] }
    case 'json':
      return readAsJson(answer, form.schema)
    case 'csv':
      return readAsTable(answer, form.schema)
  }
}

/** Holds a value that the user wrote against the form. A text has none. */
export function readValue(form: AnswerForm, value: JsonValue): ReadAnswer {
  const { format } = form
  if (format === 'text') return { value: null, problems: [] }
  const { schema } = form
  if (schema === null) return { value, problems: [] }
  if (format === 'json') return { value, problems: problemsOf(schema, value) }
  return { value, problems: listOf(value).flatMap((row, index) => problemsOf(schema, row, `/${index}`)) }
}

/** A value as the text that says it: JSON, or the rows of a table. */
export function textOfValue(form: AnswerForm, value: JsonValue): string {
  if (form.format !== 'csv') return JSON.stringify(value, null, 2)
  const rows = listOf(value).filter(isObject)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cell = (one: JsonValue | undefined) => {
    const text = one == null ? '' : textOf(one)
    return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [columns.map(cell), ...rows.map((row) => columns.map((name) => cell(row[name])))]
    .map((cells) => cells.join(','))
    .join('\n')
}

function readAsJson(answer: string, schema: JsonObject | null): ReadAnswer {
  const reading = readJson(answer, (value) => schema === null || fits(schema, value))
  if ('fault' in reading) return { value: null, problems: [problemOf(reading.fault)] }
  return { value: reading.value, problems: schema ? problemsOf(schema, reading.value) : [] }
}

function readAsTable(answer: string, schema: JsonObject | null): ReadAnswer {
  const reading = readCsv(answer, schema)
  if ('fault' in reading) return { value: null, problems: [problemOf(reading.fault)] }
  const { rows, columns } = reading
  const problems = rows.flatMap(({ values, cells }, index) => {
    const path = `/${index}`
    if (cells !== null)
      return {
        path,
        keyword: 'cells',
        expected: { cells, columns: columns.length },
        got: null,
        message: `has ${cells} cells, and there are ${columns.length} columns`,
      }
    return schema ? problemsOf(schema, values, path) : []
  })
  return { value: rows.map(({ values }) => values), problems }
}

const problemsOf = (schema: JsonObject, value: JsonValue, at = ''): TryProblem[] =>
  validateSettings(schema, value).map(({ path, message }) => ({
    path: `${at}${path}`,
    keyword: 'schema',
    expected: {},
    got: null,
    message,
  }))

const problemOf = ({ kind, ...facts }: AnswerFault | CsvFault): TryProblem => ({
  path: '',
  keyword: kind,
  expected: JSON.parse(JSON.stringify(facts)),
  got: null,
  message: kind,
})

/** What a model is told of the form, where its provider does not hold it to one; null for a text. */
export function formInstructions(form: AnswerForm): string | null {
  switch (form.format) {
    case 'text':
      return null
    case 'json': {
      const schema = form.schema ? ` that fits this JSON Schema:\n${JSON.stringify(form.schema)}` : '.'
      return `Answer with JSON only${schema}`
    }
    case 'csv':
      return 'Answer with CSV only: one line with the names of the columns, then one line for each row.'
  }
}

/** What a model is told of an answer that does not have the form. */
export const askAgain = (problems: readonly TryProblem[]): string =>
  `The answer does not have the form:\n${problems.map(({ path, message }) => `- ${path} ${message}`).join('\n')}\nAnswer again.`
