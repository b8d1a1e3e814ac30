import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Token } from '@contract/entities/token'
import { TokenStateText } from './TokenStateText'
import classes from './TokenBadge.module.css'

export interface TokenBadgeProps {
  token: Token
}

/** A key by its name and last four characters, with its state as a dot that screen readers read as a word. */
export function TokenBadge({ token }: TokenBadgeProps) {
  const { t } = useTranslation('common')
  return (
    <span className={classes.badge}>
      <span className={classes.name}>{token.name}</span>
      {token.last4 !== '' && (
        <>
          <span className={classes.last4} aria-hidden>
            ···{token.last4}
          </span>
          <VisuallyHidden>{t('token.endsWith', { last4: token.last4 })}</VisuallyHidden>
        </>
      )}
      <TokenStateText token={token} quiet />
    </span>
  )
}
