import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Props {
  /** The setting's name. */
  name: string
  /** Where the value comes from then: "Back to model config"; to not set, when absent. */
  reset?: string | undefined
  onClick: () => void
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** Takes a value out, so that the layer below has its say again. */
export function ResetButton({ name, reset, onClick }: Props) {
  const { t } = useTranslation('presets')
  return (
    <Tooltip label={reset ?? t('form.reset')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={reset ? `${name}: ${lowerFirst(reset)}` : t('form.resetOf', { name })}
        onClick={onClick}
      >
        <IconArrowBackUp size={14} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}
