import { newVariable } from '@contract/entities/new-variable'
import type { InputType, InputVariable } from '@contract/entities/template'

/** What both types can say stays; the rest is as in a new one. */
export function withType(variable: InputVariable, type: InputType): InputVariable {
  const fresh = newVariable(type, variable.name)
  const kept = { name: variable.name, label: variable.label, help: variable.help, required: variable.required }
  if (isWords(fresh) && isWords(variable)) {
    const { default: standard, sample, least, most } = variable
    return { ...fresh, ...kept, default: standard, sample, least, most }
  }
  if (hasOptions(fresh) && hasOptions(variable)) return { ...fresh, ...kept, options: variable.options }
  return { ...fresh, ...kept }
}

const isWords = (variable: InputVariable): variable is Extract<InputVariable, { type: 'text' | 'longText' }> =>
  variable.type === 'text' || variable.type === 'longText'

const hasOptions = (variable: InputVariable): variable is Extract<InputVariable, { type: 'select' | 'multiSelect' }> =>
  variable.type === 'select' || variable.type === 'multiSelect'

type Choice = Extract<InputVariable, { type: 'select' | 'multiSelect' }>

/** With other options: what was chosen and is none of them any more is not chosen. */
export function withOptions(variable: Choice, options: string[]): Choice {
  const isThere = (value: string) => options.includes(value)
  if (variable.type === 'multiSelect') {
    const { default: standard, sample } = variable
    return { ...variable, options, default: standard.filter(isThere), sample: sample?.filter(isThere) ?? null }
  }
  const among = (value: string | null) => (value !== null && isThere(value) ? value : null)
  return { ...variable, options, default: among(variable.default), sample: among(variable.sample) }
}
