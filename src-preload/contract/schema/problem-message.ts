import { numberOf, stringsOf, textOf, listOf } from '../json'
import type { JsonObject } from '../values'
import type { ValueKeyword } from './value-problem'

/** Types of JSON Schema, as one says them. */
const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

const typesOf = (expected: JsonObject): string =>
  stringsOf(expected['types'])
    .map((type) => typeWords[type] ?? type)
    .join(' or ')

const count = (expected: JsonObject, one: string, many: string): string => {
  const limit = numberOf(expected['limit']) ?? 0
  return `${limit} ${limit === 1 ? one : many}`
}

const sentences: Record<ValueKeyword, (expected: JsonObject) => string> = {
  type: (expected) => `must be ${typesOf(expected)}`,
  required: () => 'is missing',
  dependentRequired: (expected) => `is missing, and must be there because "${textOf(expected['other'] ?? '')}" is`,
  additionalProperties: () => 'is not a field that there is',
  propertyNames: (expected) =>
    `has a field named ${JSON.stringify(expected['name'] ?? '')}, which is not a name it may have`,
  items: () => 'is one item too many',
  enum: (expected) =>
    `must be one of ${listOf(expected['values'])
      .map((value) => JSON.stringify(value))
      .join(', ')}`,
  const: (expected) => `must be ${JSON.stringify(expected['value'] ?? null)}`,
  minimum: (expected) => `must be ${textOf(expected['limit'] ?? 0)} or more`,
  maximum: (expected) => `must be ${textOf(expected['limit'] ?? 0)} or less`,
  exclusiveMinimum: (expected) => `must be more than ${textOf(expected['limit'] ?? 0)}`,
  exclusiveMaximum: (expected) => `must be less than ${textOf(expected['limit'] ?? 0)}`,
  multipleOf: (expected) => `must be a multiple of ${textOf(expected['limit'] ?? 0)}`,
  minLength: (expected) => `must have at least ${count(expected, 'character', 'characters')}`,
  maxLength: (expected) => `must have at most ${count(expected, 'character', 'characters')}`,
  minItems: (expected) => `must have at least ${count(expected, 'item', 'items')}`,
  maxItems: (expected) => `must have at most ${count(expected, 'item', 'items')}`,
  minProperties: (expected) => `must have at least ${count(expected, 'field', 'fields')}`,
  maxProperties: (expected) => `must have at most ${count(expected, 'field', 'fields')}`,
  pattern: (expected) => `must match the regular expression ${textOf(expected['pattern'] ?? '')}`,
  format: (expected) => `must be written as ${textOf(expected['format'] ?? '')}`,
  contains: (expected) =>
    expected['most'] === null
      ? `must hold at least ${textOf(expected['least'] ?? 1)} of the items that are asked for`
      : `must hold ${textOf(expected['least'] ?? 1)} to ${textOf(expected['most'] ?? 1)} of the items that are asked for`,
  uniqueItems: () => 'must not have two items that are the same',
  anyOf: () => 'must have one of the forms that are allowed',
  oneOf: () => 'must have exactly one of the forms that are allowed',
  not: () => 'must not have this form',
  schema: (expected) => `cannot be checked, because the schema cannot be used: ${textOf(expected['reason'] ?? '')}`,
  cells: (expected) => `has ${textOf(expected['cells'] ?? 0)} cells, and must have ${textOf(expected['columns'] ?? 0)}`,
  nothing: (expected) => {
    if (expected['columns'] === undefined) return 'there is no JSON in the answer'
    const columns = stringsOf(expected['columns'])
    return columns.length === 0
      ? 'there is no table with a header in the answer'
      : `there is no line in the answer that names the columns ${columns.join(', ')}`
  },
  cut_off: (expected) => `the answer is cut off: what begins in line ${textOf(expected['line'] ?? 1)} does not end`,
  broken: (expected) => {
    const near = textOf(expected['near'] ?? '')
    const place = `line ${textOf(expected['line'] ?? 1)}, column ${textOf(expected['column'] ?? 1)}`
    return `the answer is not JSON in ${place}${near === '' ? '' : ` (${near})`}: ${flawWords(expected['flaw'])}`
  },
  too_deep: (expected) => `too many objects and lists are in one another in line ${textOf(expected['line'] ?? 1)}`,
  same_column: (expected) => `two columns are named ${JSON.stringify(expected['name'] ?? '')}`,
}

/** What is wrong with a text that is no JSON, by the flaws that generation/json-value.ts finds. */
const flaws: Readonly<Record<string, string>> = {
  value: 'a value must stand there',
  key: 'the name of a field in double quotes must stand there',
  colon: 'a colon must stand there',
  comma: 'a comma or the end of the object or list must stand there',
  end: 'nothing more must stand there',
  number: 'that number cannot be held',
  text: 'that text cannot be read',
  text_line_break: 'a line break in a text must be written as \\n, and a text must end with a double quote',
  text_escape: 'there is no such escape in a text',
  text_control: 'a control character in a text must be escaped',
}
const flawWords = (flaw: unknown): string => flaws[typeof flaw === 'string' ? flaw : ''] ?? 'it cannot be read'

/** What is expected of a value, as an English sentence without its subject; for models and logs. */
export const problemMessage = (keyword: ValueKeyword, expected: JsonObject): string => sentences[keyword](expected)
