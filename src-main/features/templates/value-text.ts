import type { AnswerForm } from '@contract/entities/template'
import { isObject, listOf, textOf } from '@contract/json'
import type { JsonValue } from '@contract/values'

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
