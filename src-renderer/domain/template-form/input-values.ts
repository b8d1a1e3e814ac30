import { FileInput, type InputProblem, type InputValues, type InputVariable } from '@contract/entities/template'
import { stringsOf } from '@contract/json'
import type { JsonValue } from '@contract/values'

/** What an empty form says of a variable. */
export const defaultOf = (variable: InputVariable): JsonValue => (variable.type === 'file' ? null : variable.default)

/**
 * The values of a form: those that were given, then those of the last use as far as they still are what is asked for, then
 * the defaults.
 */
export function formValues(
  variables: readonly InputVariable[],
  given: InputValues,
  last: InputValues | null
): InputValues {
  const values: InputValues = {}
  for (const variable of variables) {
    const { name } = variable
    const before = last?.[name]
    values[name] =
      given[name] ?? (before !== undefined && isOfType(variable, before) ? before : undefined) ?? defaultOf(variable)
  }
  return values
}

/** A template that has changed may ask for something else under the same name. */
function isOfType(variable: InputVariable, value: JsonValue): boolean {
  switch (variable.type) {
    case 'text':
    case 'longText':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'select':
      return typeof value === 'string' && variable.options.includes(value)
    case 'multiSelect':
      return Array.isArray(value) && stringsOf(value).every((one) => variable.options.includes(one))
    case 'list':
      return Array.isArray(value)
    case 'file':
      return FileInput.safeParse(value).success
  }
}

/** Lines as items of a list: without signs of a list before them, and without empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r\n|[\n\r\u2028]/)
    .map((line) => line.replace(/^\s*(?:[-*•–—]|\d{1,3}[.)])\s+/, '').trim())
    .filter((line) => line !== '')

/**
 * What is said of values before the form was sent: not of those that are only still to come.
 */
export const problemsWhileTyping = (problems: readonly InputProblem[]): InputProblem[] =>
  problems.filter(({ kind }) => kind !== 'missing')
