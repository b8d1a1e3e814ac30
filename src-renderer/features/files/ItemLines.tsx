import { useTranslation } from 'react-i18next'
import type { ImportPlan } from '@contract/routes/files'
import { ItemFacts } from './ItemFacts'
import classes from './Files.module.css'

interface Props {
  /** What they have in common: that they are new, or here already. */
  label: string
  items: ImportPlan['items']
  /** Whether to say what they bring: not of what is here already. */
  facts: boolean
}

/** Items shown one by one; the rest is counted. */
const MOST = 50
/** Names shown of what is here already. */
const NAMES = 12

/** Items that raise no question. */
export function ItemLines({ label, items, facts }: Props) {
  const { t } = useTranslation('files')
  if (items.length === 0) return null
  const most = facts ? MOST : NAMES
  const shown = items.slice(0, most)
  const more = items.length > most && t('plan.more', { count: items.length - most })
  return (
    <div className={classes.names}>
      <span className={classes.state}>{label}</span>
      {facts ? (
        <ul className={classes.items}>
          {shown.map((item, place) => (
            <li key={`${item.key}/${place}`}>
              {item.name}
              <ItemFacts item={item} />
            </li>
          ))}
          {more && <li>{more}</li>}
        </ul>
      ) : (
        <span>
          {shown.map(({ name }) => name).join(', ')}
          {more && ` ${more}`}
        </span>
      )}
    </div>
  )
}
