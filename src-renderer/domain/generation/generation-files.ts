import type { Generation } from '@contract/entities/generation'
import { isObject, listOf, textOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { columnsOf, type Shape } from './value-shape'

export type FileForm = 'json' | 'csv' | 'txt'

const types: Readonly<Record<FileForm, string>> = { json: 'application/json', csv: 'text/csv', txt: 'text/plain' }

/** The forms in which an answer can be kept as a file, the most fitting first. */
export function fileForms({ format, value }: Pick<Generation, 'format' | 'value'>): FileForm[] {
  if (format === 'text' || value === null) return ['txt']
  const isTable = Array.isArray(value) && value.length > 0 && value.every(isObject)
  if (format === 'csv') return isTable ? ['csv', 'json', 'txt'] : ['json', 'txt']
  return isTable ? ['json', 'csv', 'txt'] : ['json', 'txt']
}

/** What goes into a file, and what it is called. */
export function fileOf(
  generation: Pick<Generation, 'value' | 'text'>,
  title: string,
  form: FileForm,
  shape: Shape | null
): { name: string; text: string; type: string } {
  const plain = title
    .replaceAll(/[^\p{L}\p{N} _-]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
  return { name: `${plain || 'fabula'}.${form}`, text: contentOf(generation, form, shape), type: types[form] }
}

function contentOf({ value, text }: Pick<Generation, 'value' | 'text'>, form: FileForm, shape: Shape | null): string {
  if (form === 'txt') return text
  // Spreadsheets read UTF-8 by the mark at its beginning.
  return form === 'json' ? `${JSON.stringify(value, null, 2)}\n` : `\ufeff${csvOf(listOf(value), shape)}`
}

/** Rows as CSV (RFC 4180), or with tabs, as spreadsheets take what is pasted. */
function csvOf(rows: readonly JsonValue[], shape: Shape | null, delimiter: ',' | '\t' = ','): string {
  const columns = columnsOf(shape, rows)
  const cell = (value: JsonValue | undefined) => {
    const text = value === undefined || value === null ? '' : textOf(value)
    return /[",\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [
    columns.map(({ key }) => cell(key)).join(delimiter),
    ...rows.map((row) => columns.map(({ key }) => cell(isObject(row) ? row[key] : undefined)).join(delimiter)),
  ]
    .map((line) => `${line}\r\n`)
    .join('')
}

/** What is copied: a text as it is, data as JSON that can be read, a table as rows that a spreadsheet takes. */
export function copiedText(
  { format, value, text }: Pick<Generation, 'format' | 'value' | 'text'>,
  shape: Shape | null
): string {
  if (format === 'text' || value === null || typeof value === 'string') return text
  return format === 'csv' ? csvOf(listOf(value), shape, '\t') : JSON.stringify(value, null, 2)
}
