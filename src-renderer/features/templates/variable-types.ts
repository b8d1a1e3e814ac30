import type { InputType, InputVariable } from '@contract/entities/template'

const asked = (name: string) => ({ name, label: '', help: '', required: true })

/** A variable of a type, with nothing said of it yet. */
export function newVariable(type: InputType, name: string): InputVariable {
  const limits = { least: null, most: null }
  switch (type) {
    case 'text':
      return { ...asked(name), type, default: '', sample: null, ...limits, pattern: null }
    case 'longText':
      return { ...asked(name), type, default: '', sample: null, ...limits }
    case 'number':
      return { ...asked(name), type, default: null, sample: null, ...limits, whole: false }
    case 'boolean':
      return { ...asked(name), type, required: false, default: false, sample: null }
    case 'select':
      return { ...asked(name), type, options: [], default: null, sample: null }
    case 'multiSelect':
      return { ...asked(name), type, options: [], default: [], sample: null, ...limits }
    case 'list':
      return { ...asked(name), type, default: [], sample: null, ...limits }
    case 'file':
      return { ...asked(name), type, sample: null, most: null }
  }
}

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

/**
 * The type that a name in a text most likely has: a list where a loop steps through it, yes or no where it is only asked
 * about, a text elsewhere.
 */
export function guessedType(name: string, texts: readonly string[]): InputType {
  const text = texts.join('\n')
  if (new RegExp(`\\{%-?\\+?\\s*for\\s[^%]*\\bin\\s+${name}\\b`).test(text)) return 'list'
  if (new RegExp(`\\b${name}\\s*\\|\\s*join\\b`).test(text)) return 'list'
  const uses = text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0
  const questions =
    text.match(new RegExp(`\\{%-?\\+?\\s*(?:if|elif)\\s+(?:not\\s+)?${name}\\s*-?%\\}`, 'g'))?.length ?? 0
  return uses > 0 && uses === questions ? 'boolean' : 'text'
}
