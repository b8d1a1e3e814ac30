import { Button, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyText } from './CopyText'
import { errorDetails, useErrorText } from './error-text'
import classes from './ErrorNotice.module.css'

export interface ErrorNoticeProps {
  /** Anything thrown; a FabulaError or ErrorShape speaks for itself. */
  error: unknown
  onRetry?: () => void
}

/** What happened, why, and what to do next, in place of what could not be shown. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { t } = useTranslation('common')
  const { what, why, next } = useErrorText()(error)
  return (
    <div role="alert" className={classes.root}>
      <IconAlertCircle size={18} className={classes.icon} aria-hidden />
      <div>
        <Text fw={500}>{what}</Text>
        {why && <Text c="dimmed">{why}</Text>}
        {next && <Text>{next}</Text>}
        <div className={classes.actions}>
          {onRetry && (
            <Button variant="default" size="compact-sm" onClick={onRetry}>
              {t('tryAgain')}
            </Button>
          )}
          <CopyText text={errorDetails(error)} label={t('copyDetails')} flush={!onRetry} />
        </div>
      </div>
    </div>
  )
}
