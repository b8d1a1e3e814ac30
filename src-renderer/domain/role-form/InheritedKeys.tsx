import { useTranslation } from 'react-i18next'
import type { Token } from '@contract/entities/token'
import type { TokenId } from '@contract/ids'
import { TokenBadge } from '@renderer/domain/TokenBadge'
import classes from './KeysRow.module.css'

interface Props {
  /** All keys of the provider. */
  tokens: readonly Token[]
  /** Those that a layer below names, in its order. */
  ids: readonly TokenId[]
}

/** The keys that are used because a layer below names them: to be seen, and changed there. */
export function InheritedKeys({ tokens, ids }: Props) {
  const { t } = useTranslation('presets')
  const shown = ids.flatMap((id) => tokens.find((token) => token.id === id) ?? [])
  if (shown.length === 0) return null
  return (
    <ul className={classes.inherited} aria-label={t('keys.inherited')}>
      {shown.map((token) => (
        <li key={token.id}>
          <TokenBadge token={token} />
        </li>
      ))}
    </ul>
  )
}
