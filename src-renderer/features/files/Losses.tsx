import { useTranslation } from 'react-i18next'
import type { ImportPlan } from '@contract/routes/files'
import classes from './Files.module.css'

const reasons = ['invalid', 'unsupported', 'prompt'] as const

/** The fields of a foreign file that have no place here, by the reason. */
export function Losses({ losses }: { losses: ImportPlan['losses'] }) {
  const { t } = useTranslation('files')
  if (losses.length === 0) return null
  return (
    <details className={classes.losses}>
      <summary className={classes.summary}>{t('losses.title', { count: losses.length })}</summary>
      {reasons.map((reason) => {
        const fields = losses.filter((loss) => loss.reason === reason)
        return (
          fields.length > 0 && (
            <section key={reason} aria-label={t(`losses.${reason}`)}>
              <p className={classes.help}>{t(`losses.${reason}`)}</p>
              <dl className={classes.fields}>
                {fields.map(({ field, value }) => (
                  <div key={field} className={classes.field}>
                    <dt>{field}</dt>
                    <dd title={value}>{value}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        )
      })}
    </details>
  )
}
