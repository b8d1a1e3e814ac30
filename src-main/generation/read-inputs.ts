import { placeOf, type JsonPlace } from '@main/formats/json-fault'
import { isObject } from '@contract/json'
import { JsonValue, type JsonObject } from '@contract/values'
import { csvTable, DELIMITERS, isBlankRecord, type Delimiter } from './csv-table'
import { scanValue, type JsonFlaw, type Scan } from './json-value'

/** Rows of a list. */
export const MOST_INPUTS = 100_000

export type InputFormat = 'csv' | 'json' | 'jsonl'

/**
 * Why a row of a list cannot be used:
 *
 * - `cells`: it has more or fewer cells than there are columns;
 * - `json`: it is no JSON, and `flaw` says what is wrong; null where its end is missing or it is nested too deep;
 * - `object`: it is JSON, but no object with a value for each name.
 */
export type InputFault =
  | { kind: 'cells'; cells: number; columns: number }
  | { kind: 'json'; flaw: JsonFlaw | null; place: JsonPlace }
  | { kind: 'object' }

export interface InputRow {
  /** The line of the list that it begins in, from 1. */
  line: number
  /** What it says for each column that it has; of CSV, texts. */
  values: JsonObject
  fault: InputFault | null
}

/**
 * Why a list cannot be read at all:
 *
 * - `empty`: there is no row in it;
 * - `header`: the first line of a table names no columns, or (`name`) one of them twice;
 * - `quote`: in this line a text in quotes begins that does not end;
 * - `json`: it is no JSON, with what is wrong and where; `list`: it is, and no list;
 * - `too_many`: it has more than MOST_INPUTS rows.
 */
export type InputsFault =
  | { kind: 'empty' | 'list' | 'too_many' }
  | { kind: 'header'; name: string | null }
  | { kind: 'quote'; line: number }
  | { kind: 'json'; flaw: JsonFlaw | null; place: JsonPlace }

/** A list of inputs: the names of its columns, in the order in which they come, and its rows. */
export type InputsReading = { format: InputFormat; columns: string[]; rows: InputRow[] } | { fault: InputsFault }

/** Reads a list of inputs as the user gives it: a CSV table with a header, a JSON list of objects, or one object a line. */
export function readInputs(text: string, format: InputFormat = formatOf(text)): InputsReading {
  if (/^[\s\ufeff]*$/.test(text)) return { fault: { kind: 'empty' } }
  const reading = format === 'csv' ? fromCsv(text) : format === 'json' ? fromJson(text) : fromLines(text)
  if ('fault' in reading) return reading
  if (reading.rows.length === 0) return { fault: { kind: 'empty' } }
  if (reading.rows.length > MOST_INPUTS) return { fault: { kind: 'too_many' } }
  const columns = reading.columns ?? [...new Set(reading.rows.flatMap(({ values }) => Object.keys(values)))]
  return { format, columns, rows: reading.rows }
}

/** What a list looks like by its first signs. */
export function formatOf(text: string): InputFormat {
  const [first = ''] = /[^\s\ufeff]/.exec(text) ?? []
  if (first === '[') return 'json'
  return first === '{' ? 'jsonl' : 'csv'
}

type Reading = { columns?: string[]; rows: InputRow[] } | { fault: InputsFault }

function fromCsv(text: string): Reading {
  const { records, openQuote } = csvTable(text, delimiterOf(text))
  if (openQuote !== null) return { fault: { kind: 'quote', line: openQuote } }
  const [header, ...rest] = records.filter((record) => !isBlankRecord(record))
  const columns = header?.cells ?? []
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined || columns.includes('')) return { fault: { kind: 'header', name: twice || null } }
  const rows = rest.map(({ line, cells }): InputRow => ({
    line,
    values: Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])),
    fault: cells.length === columns.length ? null : { kind: 'cells', cells: cells.length, columns: columns.length },
  }))
  return { columns, rows }
}

/** The sign that the first line has most of, outside of quotes. */
function delimiterOf(text: string): Delimiter {
  const header =
    text
      .replace(/"(?:[^"]|"")*"/g, '')
      .split(/\r?\n/)
      .find((line) => line.trim() !== '') ?? ''
  const count = (delimiter: Delimiter) => header.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

function fromLines(text: string): Reading {
  const rows: InputRow[] = []
  for (const [index, row] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    const line = index + 1
    if (row.trim() === '') continue
    const scan = scanValue(row, 0)
    if (scan.state === 'whole' && row.slice(scan.end).trim() === '') rows.push(rowOf(line, scan))
    else rows.push({ line, values: {}, fault: { kind: 'json', ...flawIn(row, scan, line) } })
  }
  return { rows }
}

function fromJson(text: string): Reading {
  const from = text.search(/[^\s\ufeff]/)
  const whole = scanValue(text, from)
  if (whole.state !== 'whole' || text.slice(whole.end).trim() !== '')
    return { fault: { kind: 'json', ...flawIn(text, whole, 1) } }
  if (text[from] !== '[') return { fault: { kind: 'list' } }
  return { rows: [...elementsOf(text, from)] }
}

/** The elements of a list that can be read as a whole. */
function* elementsOf(text: string, from: number): Generator<InputRow> {
  const space = /(?:[\s\u200b\ufeff,]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
  let line = lineBreaksIn(text, 0, from) + 1
  let counted = from
  for (let at = from + 1; ;) {
    space.lastIndex = at
    space.test(text)
    const start = space.lastIndex
    if (text[start] === ']') return
    const scan = scanValue(text, start)
    if (scan.state !== 'whole') return
    line += lineBreaksIn(text, counted, start)
    counted = start
    yield rowOf(line, scan)
    at = scan.end
  }
}

const lineBreaksIn = (text: string, from: number, to: number): number => text.slice(from, to).split('\n').length - 1

function rowOf(line: number, { json }: Extract<Scan, { state: 'whole' }>): InputRow {
  const value = JsonValue.parse(JSON.parse(json))
  return isObject(value) ? { line, values: value, fault: null } : { line, values: {}, fault: { kind: 'object' } }
}

/** Where a text stops being one JSON value; its end, where the value does not end. */
function flawIn(text: string, scan: Scan, firstLine: number): { flaw: JsonFlaw | null; place: JsonPlace } {
  const says = { whole: 'end', cut_off: null, too_deep: null } as const
  const flaw = scan.state === 'broken' ? scan.flaw : says[scan.state]
  const behind = scan.state === 'whole' ? text.slice(scan.end).search(/\S/) + scan.end : text.length
  const place = placeOf(text, 'at' in scan ? scan.at : behind)
  return { flaw, place: { ...place, line: place.line + firstLine - 1 } }
}
