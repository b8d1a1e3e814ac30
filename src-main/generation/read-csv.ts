import { isObject, stringsOf } from '@contract/json'
import { propertiesOf } from '@contract/schema/properties'
import type { JsonObject } from '@contract/values'
import { csvTable, DELIMITERS, isBlankRecord, type CsvRecord, type Delimiter } from './csv-table'
import { fencedIn } from './fences'
import { typeCell } from './type-cell'

/**
 * Why no table could be read from an answer:
 *
 * - `nothing`: no line names the columns that are asked for (`columns`; none where any would do);
 * - `cut_off`: a text in quotes begins in this line and does not end;
 * - `same_column`: two columns have one name.
 */
export type CsvFault =
  | { kind: 'nothing'; columns: readonly string[] }
  | { kind: 'cut_off'; line: number }
  | { kind: 'same_column'; line: number; name: string }

/** A row of an answer. */
export interface CsvRow {
  /** The line of the answer that it begins in, from 1. */
  line: number
  values: JsonObject
  /** How many cells it has, where those are not as many as the columns. */
  cells: number | null
}

export type CsvReading = { columns: string[]; rows: CsvRow[] } | { fault: CsvFault }

/** The line with the names of the columns, and the text from there to the end of its block. */
interface Header {
  text: string
  line: number
  delimiter: Delimiter
  columns: string[]
  fenced: boolean
}

/**
 * The table of a model's answer: CSV with a header, in a fence or between words, separated by commas, semicolons or tabs.
 * Cells are typed by the schema of a row; nothing is guessed: what does not fit stays a text, and a row with too few or
 * too many cells says so.
 *
 * @param schema of one row; null takes any columns, and texts
 */
export function readCsv(answer: string, schema: JsonObject | null): CsvReading {
  const wanted = columnsOf(schema)
  const header = headerIn(answer, wanted)
  if (!header) return { fault: { kind: 'nothing', columns: wanted.map(({ name }) => name) } }
  const { columns, text, line: first } = header
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) return { fault: { kind: 'same_column', line: first, name: twice } }

  const { records, openQuote } = csvTable(text, header.delimiter)
  if (openQuote !== null) return { fault: { kind: 'cut_off', line: first + openQuote - 1 } }
  const known = new Map(wanted.map((column) => [column.name, column]))
  return {
    columns,
    rows: rowsOf(records.slice(1), header).map(({ line, cells }) => {
      const entries = columns.flatMap((name, index) => {
        const column = known.get(name) ?? { schema: {}, required: false }
        const value = typeCell(cells[index] ?? '', column, schema ?? {})
        return value === undefined ? [] : [[name, value] as const]
      })
      return {
        line: first + line - 1,
        values: Object.fromEntries(entries),
        cells: cells.length === columns.length ? null : cells.length,
      }
    }),
  }
}

interface Column {
  name: string
  schema: JsonObject
  required: boolean
}

function columnsOf(schema: JsonObject | null): Column[] {
  if (!schema) return []
  const required = new Set(stringsOf(schema['required']))
  return Array.from(propertiesOf(schema, undefined), ([name, property]) => ({
    name,
    schema: isObject(property) ? property : {},
    required: required.has(name),
  }))
}

/**
 * The records behind the header. In words, a blank line ends the table where nothing behind it has as many cells; a table
 * of one column always.
 */
function rowsOf(records: readonly CsvRecord[], { columns, fenced }: Header): CsvRecord[] {
  const blank = records.findIndex(isBlankRecord)
  const isRow = (record: CsvRecord) => columns.length > 1 && record.cells.length === columns.length
  const ends = !fenced && blank >= 0 && !records.slice(blank).some((record) => isRow(record) && !isBlankRecord(record))
  return (ends ? records.slice(0, blank) : records).filter((record) => !isBlankRecord(record))
}

/** The header, looked for in the blocks of code first, and then in the words. */
function headerIn(answer: string, wanted: readonly Column[]): Header | null {
  const blocks = fencedIn(answer).map(({ body, from }) => ({ text: body, from, fenced: true }))
  for (const block of [...blocks, { text: answer, from: 0, fenced: false }]) {
    const header = headerOf(block.text, wanted, block.fenced)
    if (header) return { ...header, line: header.line + lineAt(answer, block.from) - 1 }
  }
  return null
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length

/** The first line of a text that names the columns. */
function headerOf(text: string, wanted: readonly Column[], fenced: boolean): Header | null {
  const asked = wanted.filter(({ required }) => required)
  const needed = (asked.length > 0 ? asked : wanted).map(({ name }) => name)
  let from = 0
  for (const [index, row] of text.split('\n').entries()) {
    const start = from
    from += row.length + 1
    if (row.trim() === '' || !needed.every((name) => row.includes(name.replaceAll('"', '""')))) continue
    const found = DELIMITERS.map((delimiter) => ({ delimiter, columns: cellsOf(row, delimiter) })).filter(
      ({ columns }) => needed.every((name) => columns.includes(name))
    )
    const [best] = found.toSorted((a, b) => b.columns.length - a.columns.length)
    if (!best) continue
    const next = text.slice(from).split('\n', 1)[0] ?? ''
    const isTable = best.columns.length > 1 && cellsOf(next, best.delimiter).length === best.columns.length
    if (needed.length > 0 || fenced || isTable) return { text: text.slice(start), line: index + 1, fenced, ...best }
  }
  return null
}

const cellsOf = (line: string, delimiter: Delimiter): string[] => csvTable(line, delimiter).records[0]?.cells ?? []
