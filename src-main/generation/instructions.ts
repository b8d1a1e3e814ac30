import type { AnswerForm } from '@contract/entities/template'
import { isObject, listOf, numberOf, stringsOf, textOf } from '@contract/json'
import { propertiesOf } from '@contract/schema/properties'
import type { JsonObject, JsonValue } from '@contract/values'

/** Keywords that say nothing to a model. */
const SILENT = new Set(['$schema', '$comment', '$id'])

/**
 * What a model is told of the form of its answer, in English, as role prompts speak of forms; empty for answers in words.
 */
export function instructions(form: AnswerForm): string {
  switch (form.format) {
    case 'text':
      return ''
    case 'json':
      return form.schema === null
        ? ONLY_JSON
        : `${ONLY_JSON} It must fit this JSON Schema:\n${JSON.stringify(told(form.schema))}`
    case 'csv':
      return tableInstructions(form.schema)
  }
}

const ONLY_JSON = 'Answer with nothing but JSON: no words and no code fences around it.'

/** A schema without what is not for models: `x-…`, `$schema`. */
function told(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(told)
  if (!isObject(schema)) return schema
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (SILENT.has(key) || key.startsWith('x-')) return []
      // The names of fields are no keywords; values stay as they are.
      if (NAMED.has(key) && isObject(value))
        return [[key, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, told(part)]))]]
      return [[key, VALUES.has(key) ? value : told(value)]]
    })
  )
}
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas'])
const VALUES = new Set(['enum', 'const', 'default', 'examples', 'required', 'dependentRequired'])

function tableInstructions(schema: JsonObject | null): string {
  const rules =
    'Put a cell that has a comma, a double quote or a line break in it into double quotes, and write a double quote in it twice. Each row has as many cells as the header.'
  const only = 'Answer with nothing but a CSV table: no words and no code fences around it.'
  const columns = schema === null ? [] : [...propertiesOf(schema, undefined)]
  if (columns.length === 0) return `${only} The first line names the columns. ${rules}`
  const required = new Set(stringsOf(schema?.['required']))
  return [
    `${only} The first line is: ${columns.map(([name]) => cell(name)).join(',')}`,
    rules,
    'The columns:',
    ...columns.map(([name, column]) => `- ${name}: ${columnWords(column, required.has(name))}`),
  ].join('\n')
}

const cell = (text: string): string => (/[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'JSON list',
  object: 'JSON object',
  null: 'empty',
}

/** `whole number from 1 to 20; may be empty; how old they are` */
function columnWords(column: JsonObject, required: boolean): string {
  const values = listOf(column['enum'])
  const type = stringsOf([column['type'] ?? []].flat())
    .map((one) => types[one] ?? one)
    .join(' or ')
  const what = values.length > 0 ? `one of ${values.map(textOf).join(', ')}` : type || 'text'
  const length = range(column['minLength'], column['maxLength'])
  const words = [
    `${what}${range(column['minimum'], column['maximum'])}`,
    ...(length === '' ? [] : [`its length${length} characters`]),
    ...(required ? [] : ['may be empty']),
    ...(typeof column['description'] === 'string' ? [column['description']] : []),
  ]
  return words.join('; ')
}

function range(from: JsonValue | undefined, to: JsonValue | undefined): string {
  const [least, most] = [numberOf(from), numberOf(to)]
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`
  if (least !== undefined) return ` ${least} or more`
  return most === undefined ? '' : ` ${most} or less`
}
