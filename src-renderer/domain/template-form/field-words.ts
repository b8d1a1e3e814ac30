import { useTranslation } from 'react-i18next'
import type { InputProblem, InputVariable } from '@contract/entities/template'
import { useFormat } from '@renderer/components/format'

/** What a field is called: its question, or its name as words. */
export const labelOf = ({ label, name }: Pick<InputVariable, 'label' | 'name'>): string => label.trim() || asWords(name)

/** `late_fifties` as `Late fifties`. */
function asWords(name: string): string {
  const words = name.replaceAll('_', ' ').trim()
  return words === '' ? name : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** What is wrong with a value, beside its field. */
export function useProblemText(): (problem: InputProblem, variable: InputVariable | undefined) => string {
  const { t } = useTranslation('generations')
  const format = useFormat()
  return ({ kind, limit, name }, variable) => {
    const number = format.number(limit ?? 0)
    switch (kind) {
      case 'too_short':
      case 'too_long':
      case 'too_few':
      case 'too_many':
        return t(`problem.${kind}`, { count: limit ?? 0, number })
      case 'too_small':
      case 'too_big':
        return t(`problem.${kind}`, { number })
      case 'missing':
        return t(variable && isChosen(variable) ? 'problem.notChosen' : 'problem.missing')
      case 'unknown':
        return t('problem.unknown', { name })
      case 'wrong_type':
        return t(variable?.type === 'number' ? 'problem.notNumber' : 'problem.wrong_type')
      default:
        return t(`problem.${kind}`)
    }
  }
}

const isChosen = ({ type }: InputVariable) => type === 'select' || type === 'multiSelect' || type === 'file'
