import { useTranslation } from 'react-i18next'
import type { JoinedPlan } from './joined-plan'
import classes from './Files.module.css'

const reasons = ['kept', 'invalid', 'placeholder', 'unsupported', 'prompt'] as const

/** The fields of foreign files that have no place here, by the reason. */
export function Losses({ files }: { files: JoinedPlan['losses'] }) {
  const { t } = useTranslation('files')
  const count = files.reduce((sum, { losses }) => sum + losses.length, 0)
  if (count === 0) return null
  const isOnlyKept = files.every(({ losses }) => losses.every(({ reason }) => reason === 'kept'))
  return (
    <details className={classes.losses}>
      <summary className={classes.summary}>{t(isOnlyKept ? 'losses.keptTitle' : 'losses.title', { count })}</summary>
      {reasons.map((reason) => {
        const fields = files.flatMap(({ fileName, losses }, place) =>
          losses.filter((loss) => loss.reason === reason).map((loss) => ({ ...loss, fileName, place }))
        )
        return (
          fields.length > 0 && (
            <section key={reason} aria-label={t(`losses.${reason}`)}>
              <p className={classes.help}>{t(`losses.${reason}`)}</p>
              <dl className={classes.fields}>
                {fields.map(({ place, fileName, field, value }) => (
                  <div key={`${place}/${field}`} className={classes.field}>
                    <dt title={files.length > 1 ? `${field} (${fileName})` : field}>{field}</dt>
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
