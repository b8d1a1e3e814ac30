import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export interface CopyTextProps {
  text: string
  /** What the button says; "Copy" when absent. */
  label?: string
  /** Its words stand where text beside it begins, not its padding. */
  flush?: boolean
}

/** A quiet button that copies a text and says so. */
export function CopyText({ text, label, flush = false }: CopyTextProps) {
  const { t } = useTranslation('common')
  return (
    <CopyButton value={text} timeout={2000}>
      {({ copied, copy }) => (
        <Button variant="subtle" color="gray" size="compact-sm" flex="none" ml={flush ? -8 : 0} onClick={copy}>
          <span aria-live="polite">{copied ? t('copied') : (label ?? t('copy'))}</span>
        </Button>
      )}
    </CopyButton>
  )
}
