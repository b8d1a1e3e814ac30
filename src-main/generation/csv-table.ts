import { CsvError, parse } from 'csv-parse/sync'

export const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** A record: its cells without the spaces around, and the line of the text that it begins in, from 1. */
export interface CsvRecord {
  line: number
  cells: string[]
}

export interface CsvTable {
  records: CsvRecord[]
  /** The line of the record in which a quote opens that nothing closes; null where there is none. */
  openQuote: number | null
}

/**
 * The records of a CSV text (RFC 4180), blank lines among them. A quote inside of a cell that does not begin with one is
 * a part of it, as spreadsheets take it.
 */
export function csvTable(text: string, delimiter: Delimiter): CsvTable {
  const records: CsvRecord[] = []
  let next = 1
  try {
    parse(text, {
      delimiter,
      bom: true,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: 0,
      on_record: (cells: string[], { lines }) => {
        records.push({ line: next, cells })
        next = lines + 1
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return { records, openQuote: next }
    throw error
  }
  return { records, openQuote: null }
}

export const isBlankRecord = ({ cells }: CsvRecord): boolean => cells.every((cell) => cell === '')
