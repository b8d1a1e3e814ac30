import { FileInput, type InputProblem, type InputValues, type InputVariable } from '@contract/entities/template'
import { FabulaError, TemplateError } from '@contract/errors'
import type { JsonValue } from '@contract/values'

/** Values as a template gets them: one for each of its variables. */
export interface CheckedInputs {
  values: InputValues
  problems: InputProblem[]
}

type Fault = Omit<InputProblem, 'name'>
type Check = (variable: InputVariable, value: JsonValue) => Promise<Fault | null>

const fault = (kind: InputProblem['kind'], limit: number | null = null): Fault => ({ kind, limit })

/** What an empty form says of a variable. */
export function defaultOf(variable: InputVariable): JsonValue {
  if (variable.type === 'file') return null
  return variable.default
}

/** What stands for a value while the template is written. */
export const sampleOf = (variable: InputVariable): JsonValue => {
  if (variable.type === 'file') return variable.sample === null ? null : { name: 'sample.txt', text: variable.sample }
  if (variable.sample !== null) return variable.sample
  const own = defaultOf(variable)
  return isEmpty(own) ? standIn(variable) : own
}

/** Where neither a sample nor a default is given: its own name, so that its place can be seen. */
function standIn(variable: InputVariable): JsonValue {
  const shown = `[${variable.label.trim() || variable.name}]`
  switch (variable.type) {
    case 'number':
      return variable.least ?? variable.most ?? 1
    case 'boolean':
      return true
    case 'select':
      return variable.options[0] ?? shown
    case 'multiSelect':
      return variable.options.slice(0, Math.max(1, variable.least ?? 1))
    case 'list':
      return Array.from({ length: Math.max(1, Math.min(variable.least ?? 1, 10)) }, (_, at) => `${shown} ${at + 1}`)
    default:
      return shown
  }
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What a template that may be rendered has in the place of a value that is not given. */
const nothingOf = (variable: InputVariable): JsonValue => {
  switch (variable.type) {
    case 'number':
      return null
    case 'boolean':
      return false
    case 'multiSelect':
    case 'list':
      return []
    case 'file':
      return { name: '', text: '' }
    default:
      return ''
  }
}

/**
 * Holds values against the variables that ask for them. What is not given is the default, or with `samples` the sample.
 */
export async function checkInputs(
  variables: readonly InputVariable[],
  given: InputValues,
  samples = false
): Promise<CheckedInputs> {
  const values: InputValues = {}
  const problems: InputProblem[] = []
  const known = new Set<string>(variables.map(({ name }) => name))
  for (const name of Object.keys(given)) if (!known.has(name)) problems.push({ name, ...fault('unknown') })
  for (const variable of variables) {
    const { name, required } = variable
    const own = Object.hasOwn(given, name) ? given[name] : undefined
    const other = samples ? sampleOf(variable) : defaultOf(variable)
    const value = own === undefined || (samples && isEmpty(own)) ? other : own
    if (isBlank(value)) {
      if (required) problems.push({ name, ...fault('missing') })
      values[name] = nothingOf(variable)
      continue
    }
    const found = await checkValue(variable, value ?? null)
    if (found) problems.push({ name, ...found })
    values[name] = value ?? null
  }
  return { values, problems }
}

/** Values as a template gets them. Throws `input_invalid` for the first that cannot be used. */
export async function usableInputs(variables: readonly InputVariable[], given: InputValues): Promise<InputValues> {
  const { values, problems } = await checkInputs(variables, given)
  const [first] = problems
  if (first) throw inputError(variables, first)
  return values
}

/** `line`: of the list that the value is from. */
export function inputError(variables: readonly InputVariable[], { name, kind, limit }: InputProblem, line?: number) {
  const label = variables.find((variable) => variable.name === name)?.label.trim() || name
  return new FabulaError(TemplateError.InputInvalid, `${label}: ${kind}${limit === null ? '' : ` ${limit}`}`, {
    details: { path: `inputs.${name}`, name: label, problem: kind, limit, line },
  })
}

const isBlank = (value: JsonValue | undefined): boolean =>
  isEmpty(value) || (typeof value === 'string' && value.trim() === '')

const between = (
  count: number,
  least: number | null,
  most: number | null,
  kinds: [few: Fault['kind'], many: Fault['kind']]
) => {
  if (least !== null && count < least) return fault(kinds[0], least)
  return most !== null && count > most ? fault(kinds[1], most) : null
}

const checkValue: Check = async (variable, value) => {
  switch (variable.type) {
    case 'text': {
      if (typeof value !== 'string') return fault('wrong_type')
      const length = between(value.length, variable.least, variable.most, ['too_short', 'too_long'])
      if (length || variable.pattern === null) return length
      return (await matches(variable.pattern, value)) ? null : fault('no_match')
    }
    case 'longText':
      if (typeof value !== 'string') return fault('wrong_type')
      return between(value.length, variable.least, variable.most, ['too_short', 'too_long'])
    case 'number':
      if (typeof value !== 'number') return fault('wrong_type')
      if (variable.whole && !Number.isInteger(value)) return fault('not_whole')
      return between(value, variable.least, variable.most, ['too_small', 'too_big'])
    case 'boolean':
      return typeof value === 'boolean' ? null : fault('wrong_type')
    case 'select':
      if (typeof value !== 'string') return fault('wrong_type')
      return variable.options.includes(value) ? null : fault('not_an_option')
    case 'multiSelect':
    case 'list': {
      if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) return fault('wrong_type')
      const options: readonly JsonValue[] | null = variable.type === 'multiSelect' ? variable.options : null
      if (options && value.some((one) => !options.includes(one))) return fault('not_an_option')
      return between(value.length, variable.least, variable.most, ['too_few', 'too_many'])
    }
    case 'file': {
      const file = FileInput.safeParse(value)
      if (!file.success) return fault('wrong_type')
      return between(file.data.text.length, null, variable.most, ['too_short', 'too_long'])
    }
  }
}

/** A pattern that cannot be read matches nothing: the editor says what is wrong with it. */
async function matches(pattern: string, text: string): Promise<boolean> {
  const { RE2JS } = await import('re2js')
  try {
    return RE2JS.matches(pattern, text)
  } catch {
    return false
  }
}
