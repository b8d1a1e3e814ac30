/** Tells spreadsheets that a file is UTF-8; without it, Excel takes other letters than Latin ones for gibberish. */
const BYTE_ORDER_MARK = '\u{feff}'

/** What begins a formula, and what a spreadsheet drops before one. */
const FORMULA = '=+\\-@\\t\\r\\n＝＋－＠'

/**
 * Rows as a CSV file (RFC 4180). A text that a spreadsheet would run as a formula is made plain by an apostrophe before
 * it: also in the middle of a text, where a spreadsheet that separates cells by semicolons or tabs would begin a new one.
 * Quotes are no help there: such a spreadsheet only knows them at a cell's beginning.
 */
export const csv = (rows: readonly CsvLine[]): string => BYTE_ORDER_MARK + csvLines(rows)

/** Rows behind the first ones of such a file. */
export const csvLines = (rows: readonly CsvLine[]): string =>
  rows.map((row) => row.map(field).join(',') + '\r\n').join('')

export type CsvLine = readonly (string | number | null)[]

const atStart = new RegExp(`^(?=[${FORMULA}])`)
const afterSeparator = new RegExp(`(?<=[;\\t\\r\\n])(?=["\\s]*[${FORMULA}])(?![\\t\\r\\n;])`, 'g')

function field(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const plain = value.replaceAll(afterSeparator, "'").replace(atStart, "'")
  return /[",;\t\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
