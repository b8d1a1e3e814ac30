import type { BatchRow } from '@contract/entities/batch'
import { isObject, textOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { csv } from '@main/data/csv'

/** A row with what was answered: a value, or a text; null for nothing. */
export type AnsweredRow = Pick<BatchRow, 'row' | 'state' | 'inputs'> & { output: JsonValue }

/** Inputs and outputs as a file. In CSV, the fields of both have columns; what is more than a text stands as JSON. */
export function exportText(rows: readonly AnsweredRow[], form: 'json' | 'jsonl' | 'csv'): string {
  switch (form) {
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`
    case 'jsonl':
      return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    case 'csv':
      return table(rows)
  }
}

function table(rows: readonly AnsweredRow[]): string {
  const inputs = namesIn(rows.map((row) => row.inputs))
  const outputs = namesIn(rows.flatMap(({ output }) => (isObject(output) ? [output] : [])))
  const others = rows.some(({ output }) => output !== null && !isObject(output)) ? ['output'] : []
  const own = new Set(['row', 'state', ...inputs])
  const header = [...outputs, ...others].map((name) => (own.has(name) ? `output.${name}` : name))
  return csv([
    ['row', 'state', ...inputs, ...header],
    ...rows.map(({ row, state, inputs: given, output }) => [
      row,
      state,
      ...inputs.map((name) => cell(given[name])),
      ...outputs.map((name) => cell(isObject(output) ? output[name] : undefined)),
      ...others.map(() => (isObject(output) ? null : cell(output))),
    ]),
  ])
}

const namesIn = (objects: readonly Record<string, JsonValue>[]): string[] => [
  ...new Set(objects.flatMap((one) => Object.keys(one))),
]

function cell(value: JsonValue | undefined): string | number | null {
  if (value === undefined || value === null) return null
  return typeof value === 'number' ? value : textOf(value)
}
