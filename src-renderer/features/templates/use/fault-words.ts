import { useTranslation } from 'react-i18next'
import type { RowFault } from '@contract/entities/batch'
import type { InputVariable } from '@contract/entities/template'
import { labelOf, useProblemText } from '@renderer/domain/template-form/field-words'

/** Why a row of a list cannot be used: `Age: enter a number`. */
export function useFaultText(variables: readonly InputVariable[]): (fault: RowFault) => string {
  const { t } = useTranslation('generations')
  const problemText = useProblemText()
  return ({ variable, kind, limit }) => {
    switch (kind) {
      case 'cells':
        return t('fault.cells', { count: limit ?? 0 })
      case 'json':
      case 'object':
        return t(`fault.${kind}`)
      default: {
        const asked = variables.find(({ name }) => name === variable)
        const label = asked ? labelOf(asked) : (variable ?? '')
        return `${label}: ${problemText({ name: variable ?? '', kind, limit }, asked)}`
      }
    }
  }
}
