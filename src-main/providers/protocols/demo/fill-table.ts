import { isObject, listOf, textOf } from '@contract/json'
import type { JsonObject, JsonValue, Language } from '@contract/values'
import type { TextMessage } from '@main/providers/spec/chat'
import en from '@resources/demo/made.en.json'
import ru from '@resources/demo/made.ru.json'
import { fillSchema } from './fill-schema'
import { storyLanguage } from './story-language'
import type { ToldForm } from './told-form'

const HEADER = /The first line is: (.+)/
const USUAL_ROWS = 8
/** How many of something: `12 names`. */
const COUNT = /(?<![\p{L}\d.,:-])(\d{1,2})\s+\p{L}/u
const MOST_ROWS = 60
/** As many rows are thought of for each that is written. */
const CHOICE = 3

const made: Readonly<Record<Language, { columns: { asked: string; usual: readonly string[] } }>> = { en, ru }

/**
 * A table with the columns that are asked for, in the language of the request. As a model, the Demo knows of the columns only
 * what it is told in words.
 */
export function fillTable({ words, request }: ToldForm, seed: number): string {
  const asked = request.messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const columns = columnsIn(words) ?? usualColumns(asked, request.messages)
  const count = Math.min(MOST_ROWS, Math.max(1, Number(COUNT.exec(asked)?.[1] ?? USUAL_ROWS)))
  const rows = fillSchema(rowsOf(columns, count * CHOICE), request, seed)
  const lines = listOf(rows).map((row) => columns.map(({ name }) => cellOf(isObject(row) ? row[name] : undefined)))
  return [columns.map(({ name }) => cellOf(name)), ...distinct(lines, count)].map((cells) => cells.join(',')).join('\n')
}

/** So many rows, those first that begin as none before them does: a list of people names nobody twice while it can. */
function distinct(rows: readonly string[][], count: number): string[][] {
  const isFirst = ([begins]: string[], index: number) => rows.findIndex((row) => row[0] === begins) === index
  return [...rows.filter(isFirst), ...rows.filter((row, index) => !isFirst(row, index))].slice(0, count)
}

interface Column {
  name: string
  schema: JsonObject
}

const rowsOf = (columns: readonly Column[], count: number): JsonObject => ({
  type: 'array',
  minItems: count,
  maxItems: count,
  items: {
    type: 'object',
    properties: Object.fromEntries(columns.map(({ name, schema }) => [name, schema])),
    required: columns.map(({ name }) => name),
  },
})

function columnsIn(told: string): Column[] | null {
  const header = HEADER.exec(told)?.[1]
  if (header === undefined) return null
  const lines = told.split('\n')
  return [...header.matchAll(/"((?:[^"]|"")*)"|[^,]+/g)].map(([whole, quoted]) => {
    const name = quoted?.replaceAll('""', '"') ?? whole
    const said = lines.find((line) => line.startsWith(`- ${name}: `))?.slice(name.length + '- : '.length)
    return { name, schema: schemaOf(said ?? '') }
  })
}

/** Columns that the writer names in passing, or those that any list has. */
function usualColumns(asked: string, messages: readonly TextMessage[]): Column[] {
  const { columns } = made[storyLanguage(messages)]
  const named = new RegExp(columns.asked, 'iu').exec(asked)?.[1]
  const names = named?.split(/,| and | и /).flatMap((one) => one.trim() || [])
  return (names ?? columns.usual).map((name) => ({ name, schema: { type: 'string' } }))
}

const types: readonly [begins: string, type: string][] = [
  ['whole number', 'integer'],
  ['number', 'number'],
  ['true or false', 'boolean'],
  ['JSON list', 'array'],
  ['JSON object', 'object'],
]

/** A column by its words: `whole number from 1 to 20; may be empty; how old they are`. */
function schemaOf(said: string): JsonObject {
  const [what = '', ...others] = said.split('; ')
  const options = /^one of (.+)$/.exec(what)?.[1]
  if (options !== undefined) return { enum: options.split(', ') }
  const type = types.find(([begins]) => what.startsWith(begins))?.[1] ?? 'string'
  if (type === 'integer' || type === 'number') return { type, ...boundsIn(what, 'minimum', 'maximum') }
  if (type === 'array') return { type, items: { type: 'string' } }
  const length = others.find((one) => one.startsWith('its length'))
  return { type, ...boundsIn(length ?? '', 'minLength', 'maxLength') }
}

function boundsIn(said: string, least: string, most: string): JsonObject {
  const [, from, to] = / from (\S+) to (\S+)/.exec(said) ?? []
  const low = from ?? / (\S+) or more/.exec(said)?.[1]
  const high = to ?? / (\S+) or less/.exec(said)?.[1]
  const bounds = Object.entries({ [least]: low, [most]: high })
  return Object.fromEntries(bounds.flatMap(([name, value]) => (value === undefined ? [] : [[name, Number(value)]])))
}

function cellOf(value: JsonValue | undefined): string {
  const text = value == null ? '' : textOf(value)
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
