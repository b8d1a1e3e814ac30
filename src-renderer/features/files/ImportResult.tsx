import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportPlan, ImportReport } from '@contract/routes/files'
import { Losses } from './Losses'
import classes from './Files.module.css'

interface Props {
  plan: ImportPlan
  report: ImportReport
  onClose: () => void
}

/** Lines shown of what was left behind; the rest is counted. */
const MOST = 200

/** What came in, and what could not. */
export function ImportResult({ plan, report, onClose }: Props) {
  const { t } = useTranslation('files')
  const common = useTranslation('common').t
  const { notCarried } = report
  const brought = (['presets', 'modelConfigs', 'providers'] as const)
    .filter((kind) => report[kind].length > 0)
    .map((kind) => t(`done.${kind}`, { count: report[kind].length }))
  return (
    <>
      <p className={classes.names}>{t('done.summary', { what: brought.join(', ') })}</p>
      {notCarried.length > 0 && (
        <section aria-label={t('done.notCarried')}>
          <h3 className={classes.heading}>{t('done.notCarried')}</h3>
          <ul className={classes.lines}>
            {notCarried.slice(0, MOST).map(({ item, kind, name }) => (
              <li key={`${kind}/${item}/${name}`}>
                <span className={classes.quiet}>{item}:</span> {t(`notCarried.${kind}`, { name })}
              </li>
            ))}
            {notCarried.length > MOST && <li>{t('plan.more', { count: notCarried.length - MOST })}</li>}
          </ul>
        </section>
      )}
      <Losses losses={plan.losses} />
      <Group justify="flex-end" className={classes.actions}>
        <Button onClick={onClose} data-autofocus>
          {common('close')}
        </Button>
      </Group>
    </>
  )
}
