import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Problems } from './use-problems'
import classes from './RolePrompt.module.css'

/** What is wrong with a prompt, line by line: the same that is marked in its text. */
export function ProblemList({ problems, isFailed }: Problems) {
  const { t } = useTranslation('prompts')
  return (
    <div className={classes.problems} role="status" aria-label={t('problems.label')}>
      {isFailed && <p className={classes.said}>{t('problems.failed')}</p>}
      {!isFailed && problems?.length === 0 && (
        <p className={classes.said}>
          <IconCheck size={14} stroke={1.6} aria-hidden />
          {t('problems.none')}
        </p>
      )}
      {!isFailed && problems && problems.length > 0 && (
        <ul className={classes.list}>
          {problems.map(({ line, column, message, isWarning, isEverywhere }) => (
            <li key={`${line}/${column}/${message}`} data-warning={isWarning || undefined}>
              <IconAlertTriangle size={14} stroke={1.6} aria-hidden />
              <span>
                {!isEverywhere && <b>{t('problems.place', { line, column })}</b>} {message}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
