import { useTranslation } from 'react-i18next'
import { purposeKinds, type CallPurpose, type PurposeKind } from '@contract/entities/usage'
import { useRoleName } from '@renderer/domain/use-role-name'
import { useStageName } from '@renderer/domain/use-stage-name'

/** What a call was for, in words: the role of a turn, or the kind of work and what it is called. */
export function usePurposeName(): { ofCall: (purpose: CallPurpose) => string; ofGroup: (key: string) => string } {
  const { t } = useTranslation('usage')
  const roleName = useRoleName()
  const stageName = useStageName()
  const words = (kind: PurposeKind, name: string) => {
    if (kind === 'turn') return roleName(name)
    return t(`purpose.${kind}`, { name: kind === 'media' ? stageName(name) : name })
  }
  return {
    ofCall: (purpose) =>
      purpose.kind === 'template' && purpose.keyName !== null
        ? t('purpose.templateOfKey', { name: purpose.name, key: purpose.keyName })
        : words(purpose.kind, nameOf(purpose)),
    ofGroup: (key) => {
      const kind = purposeKinds.find((one) => key.startsWith(`${one}/`))
      return kind ? words(kind, key.slice(kind.length + 1)) : key
    },
  }
}

function nameOf(purpose: CallPurpose): string {
  switch (purpose.kind) {
    case 'turn':
      return purpose.role
    case 'template':
      return purpose.name
    case 'gateway':
      return purpose.keyName
    case 'media':
      return purpose.stage
    case 'embedding':
    case 'test':
      return ''
  }
}
