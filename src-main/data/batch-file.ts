import type { BatchFilePart, BatchForm, BatchRowState } from '@contract/entities/batch'
import { InputValues } from '@contract/entities/template'
import type { BatchId } from '@contract/ids'
import { isObject, textOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { csv, csvLines } from './csv'
import type { Db } from './database'
import { valueColumn } from './stored-generation'
import { jsonColumn } from './json-column'

/** A row with what was answered: a value, or a text; null for nothing. */
interface AnsweredRow {
  row: number
  state: BatchRowState
  inputs: InputValues
  output: JsonValue
}

interface Stored {
  number: number
  state: BatchRowState
  inputs: string | null
  text: string | null
  value: string | null
}

/** The columns of a table: what goes in, the fields of what came out, and whether something came out that has no fields. */
interface Columns {
  inputs: string[]
  outputs: string[]
  other: boolean
}

/** Rows of a part, and characters: more are not held at once. */
const PART = 1000
const PART_LENGTH = 1_000_000

const inputsColumn = jsonColumn(InputValues, { otherwise: {} })

/**
 * Inputs and outputs of a batch as a file, in parts. In CSV, the fields of both have columns; what is more than a text stands
 * as JSON.
 */
export function createBatchFile(db: Db): (id: BatchId, form: BatchForm, after: number) => BatchFilePart {
  const shared = db.prepare<[BatchId], string | null>('SELECT inputs FROM batches WHERE id = ?').pluck()
  const rows = db.prepare<[BatchId, number], Stored>(
    `SELECT r.number, r.state, r.inputs, g.text, g.value FROM batch_rows r
     LEFT JOIN generations g ON g.batch_id = r.batch_id AND g.batch_row = r.number AND g.deleted_at IS NULL
     WHERE r.batch_id = ? AND r.number > ? AND r.state <> 'skipped' ORDER BY r.number`
  )
  /** Of the table that is being written: each of its parts has the same. */
  let table: { id: BatchId; columns: Columns } | null = null

  function* answered(id: BatchId, after: number): Generator<AnsweredRow> {
    const ofAll = shared.get(id) ?? null
    for (const { number, state, inputs, text, value } of rows.iterate(id, after)) {
      const own = inputs ?? ofAll
      const read = value === null ? null : valueColumn.decode(value).read
      yield {
        row: number,
        state,
        inputs: own === null ? {} : inputsColumn.decode(own),
        output: read ?? (text || null),
      }
    }
  }

  const columnsOf = (id: BatchId): Columns => {
    const inputs = new Set<string>()
    const outputs = new Set<string>()
    let other = false
    for (const row of answered(id, 0)) {
      for (const name of Object.keys(row.inputs)) inputs.add(name)
      if (isObject(row.output)) for (const name of Object.keys(row.output)) outputs.add(name)
      else other ||= row.output !== null
    }
    return { inputs: [...inputs], outputs: [...outputs], other }
  }

  return (id, form, after) => {
    const lines: string[] = []
    let length = 0
    let last = after
    let next: number | null = null
    if (form === 'csv' && (table?.id !== id || after === 0)) table = { id, columns: columnsOf(id) }
    const columns = table?.columns ?? { inputs: [], outputs: [], other: false }
    for (const row of answered(id, after)) {
      if (lines.length === PART || length > PART_LENGTH) {
        next = last
        break
      }
      const line = lineOf(row, form, columns)
      lines.push(line)
      length += line.length
      last = row.row
    }
    return { text: framed(lines, form, columns, { first: after === 0, last: next === null }), next }
  }
}

function lineOf(row: AnsweredRow, form: BatchForm, columns: Columns): string {
  switch (form) {
    case 'json':
      return JSON.stringify(row, null, 2).replaceAll(/^/gm, '  ')
    case 'jsonl':
      return `${JSON.stringify(row)}\n`
    case 'csv': {
      const { row: number, state, inputs, output } = row
      const fields = isObject(output) ? output : {}
      return csvLines([
        [
          number,
          state,
          ...columns.inputs.map((name) => cell(inputs[name])),
          ...columns.outputs.map((name) => cell(fields[name])),
          ...(columns.other ? [isObject(output) ? null : cell(output)] : []),
        ],
      ])
    }
  }
}

/** The lines of a part, with what stands before the first and behind the last. */
function framed(
  lines: readonly string[],
  form: BatchForm,
  { inputs, outputs, other }: Columns,
  part: { first: boolean; last: boolean }
): string {
  if (form === 'jsonl') return lines.join('')
  if (form === 'json') {
    if (part.first && part.last && lines.length === 0) return '[]\n'
    return `${part.first ? '[\n' : ',\n'}${lines.join(',\n')}${part.last ? '\n]\n' : ''}`
  }
  const own = new Set(['row', 'state', ...inputs])
  const header = [...outputs, ...(other ? ['output'] : [])].map((name) => (own.has(name) ? `output.${name}` : name))
  return (part.first ? csv([['row', 'state', ...inputs, ...header]]) : '') + lines.join('')
}

function cell(value: JsonValue | undefined): string | number | null {
  if (value === undefined || value === null) return null
  return typeof value === 'number' ? value : textOf(value)
}
