import { MOST_ROWS, type ColumnMapping, type RowFault } from '@contract/entities/batch'
import type { InputValues, InputVariable } from '@contract/entities/template'
import { FabulaError, TemplateError } from '@contract/errors'
import { nameKey } from '@contract/names'
import type { JsonObject, JsonValue } from '@contract/values'
import { checkInputs } from './check-inputs'
import { readInputs, type InputRow, type InputsFault } from './read-inputs'

/** A list of inputs that could be read. */
export interface InputList {
  format: 'csv' | 'json' | 'jsonl'
  columns: string[]
  rows: InputRow[]
}

/** Reads a list that the user gives. Throws `list_unreadable`. */
export function readList(text: string, fileName: string): InputList {
  const extension = /\.(csv|json|jsonl|ndjson)$/i.exec(fileName)?.[1]?.toLowerCase()
  const format = extension === 'ndjson' ? 'jsonl' : extension
  const known = format === 'csv' || format === 'json' || format === 'jsonl' ? format : undefined
  const reading = readInputs(text, known)
  if ('fault' in reading) throw listError(reading.fault)
  return reading
}

function listError(fault: InputsFault) {
  const place = 'place' in fault ? fault.place : null
  return new FabulaError(TemplateError.ListUnreadable, `The list cannot be read: ${fault.kind}`, {
    details: {
      problem: fault.kind === 'header' && fault.name !== null ? 'same_column' : fault.kind,
      name: 'name' in fault ? fault.name : null,
      line: 'line' in fault ? fault.line : place?.line,
      column: place?.column,
      limit: fault.kind === 'too_many' ? MOST_ROWS : null,
    },
  })
}

/** Which column has the values of which variable, by their names; a column that is alone is what must be given. */
export function guessedMapping(variables: readonly InputVariable[], columns: readonly string[]): ColumnMapping {
  const byName = new Map(columns.map((column) => [looseKey(column), column]))
  const named = Object.fromEntries(
    variables.flatMap(({ name, label }) => {
      const column = byName.get(looseKey(name)) ?? byName.get(looseKey(label))
      return column === undefined ? [] : [[name, column]]
    })
  )
  const [only, ...others] = columns
  const [needed, ...more] = variables.filter(({ required }) => required)
  const isAlone = only !== undefined && others.length === 0 && needed !== undefined && more.length === 0
  return isAlone && Object.keys(named).length === 0 ? { [needed.name]: only } : named
}

const looseKey = (name: string) => nameKey(name).replaceAll(/[\s_-]+/g, ' ')

/** A row as a batch takes it. */
export interface RowInputs {
  line: number
  inputs: InputValues
  /** Why it cannot be used; none where it can. */
  faults: RowFault[]
}

/** The rows of a list, each with what is wrong with it. Throws `list_unreadable`. */
export async function rowsOf(
  variables: readonly InputVariable[],
  list: { text: string; fileName: string; mapping: ColumnMapping }
): Promise<RowInputs[]> {
  const made: RowInputs[] = []
  for (const [at, { line, values, fault }] of readList(list.text, list.fileName).rows.entries()) {
    const place = { row: at + 1, line }
    const inputs = inputsFrom(variables, list.mapping, values)
    const own: RowFault[] = fault
      ? [{ ...place, variable: null, kind: fault.kind, limit: fault.kind === 'cells' ? fault.cells : null }]
      : []
    made.push({ line, inputs, faults: fault ? own : await faultsOf(variables, inputs, place) })
  }
  return made
}

/** What is wrong with the values of one row. */
export async function faultsOf(
  variables: readonly InputVariable[],
  inputs: InputValues,
  place: Pick<RowFault, 'row' | 'line'>
): Promise<RowFault[]> {
  const { problems } = await checkInputs(variables, inputs)
  return problems.map(({ name, kind, limit }) => ({ ...place, variable: name, kind, limit }))
}

function inputsFrom(variables: readonly InputVariable[], mapping: ColumnMapping, values: JsonObject): InputValues {
  return Object.fromEntries(
    variables.flatMap((variable) => {
      const column = mapping[variable.name]
      const value = column === undefined ? undefined : values[column]
      // An empty cell says nothing: the default stands.
      return value === undefined || value === null || value === '' ? [] : [[variable.name, asInput(variable, value)]]
    })
  )
}

/** A cell as its variable takes it. What it does not take stays as it is, for the check to name. */
function asInput(variable: InputVariable, value: JsonValue): JsonValue {
  switch (variable.type) {
    case 'number': {
      const number = typeof value === 'string' ? Number(value.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2')) : value
      return typeof number === 'number' && Number.isFinite(number) ? number : value
    }
    case 'boolean':
      return typeof value === 'string' ? (truths.get(value.trim().toLowerCase()) ?? value) : value
    case 'multiSelect':
    case 'list':
      return typeof value === 'string' ? itemsOf(value) : value
    case 'file':
      return typeof value === 'string' ? { name: '', text: value } : value
    default:
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  }
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['да', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['нет', false],
  ['0', false],
])

/** Items of a cell are parted by line breaks or semicolons. */
const itemsOf = (text: string): string[] =>
  text
    .split(/[;\n]/)
    .map((item) => item.trim())
    .filter(Boolean)
