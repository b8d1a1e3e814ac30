import type { InputType, InputVariable } from './template'

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
