import { useTranslation } from 'react-i18next'
import type { ImportPlan } from '@contract/routes/files'
import classes from './Files.module.css'

/** Lines shown; the rest is counted. */
const MOST = 200

/** What of the items is otherwise here than in their files. */
export function Changes({ changes }: { changes: ImportPlan['changes'] }) {
  const { t } = useTranslation('files')
  if (changes.length === 0) return null
  return (
    <section aria-label={t('changes.title')}>
      <h3 className={classes.heading}>{t('changes.title')}</h3>
      <ul className={classes.lines}>
        {changes.slice(0, MOST).map((change, place) => (
          <li key={`${place}/${change.item}`}>
            <span className={classes.quiet}>{change.item}:</span> {t(`changes.${change.kind}`, { ...change })}
          </li>
        ))}
        {changes.length > MOST && <li>{t('plan.more', { count: changes.length - MOST })}</li>}
      </ul>
    </section>
  )
}
