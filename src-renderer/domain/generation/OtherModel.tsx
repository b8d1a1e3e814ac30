import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ModelChoice } from '@renderer/domain/model-picker/model-choice'
import { ModelPopover } from '@renderer/domain/model-picker/ModelPopover'

interface Props {
  running: boolean
  onChoose: (choice: ModelChoice) => void
}

/** The same once more on a model that is chosen here. */
export function OtherModel({ running, onChoose }: Props) {
  const { t } = useTranslation('generations')
  return (
    <ModelPopover
      label={t('action.otherModel')}
      kind="chat"
      chosen={null}
      onChoose={onChoose}
      renderButton={(toggle) => (
        <Button variant="subtle" color="gray" size="compact-sm" loading={running} onClick={toggle}>
          {t('action.otherModel')}
        </Button>
      )}
    />
  )
}
