import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportReport } from '@contract/routes/files'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import type { JoinedPlan } from './joined-plan'
import { Changes } from './Changes'
import { Losses } from './Losses'
import { useBrought } from './use-brought'
import { useUndoImport } from './use-undo-import'
import classes from './Files.module.css'

interface Props {
  losses: JoinedPlan['losses']
  report: ImportReport
  onClose: () => void
}

/** Lines shown of what was left behind; the rest is counted. */
const MOST = 200

/** What came in, what could not, and the way back. */
export function ImportResult({ losses, report, onClose }: Props) {
  const { t } = useTranslation('files')
  const common = useTranslation('common').t
  const { last, undo } = useUndoImport()
  const takeBack = useMutation({ mutationFn: () => undo(report.undoId), onSuccess: onClose, networkMode: 'always' })
  const { dropped, changes } = report
  const brought = useBrought()
  return (
    <>
      {brought(report).map((sentence) => (
        <p key={sentence} className={classes.summaryLine}>
          {sentence}
        </p>
      ))}
      <p className={classes.help}>{t('done.undoHelp')}</p>
      {dropped.length > 0 && (
        <section aria-label={t('done.dropped')}>
          <h3 className={classes.heading}>{t('done.dropped')}</h3>
          <ul className={classes.lines}>
            {dropped.slice(0, MOST).map(({ item, kind, name }) => (
              <li key={`${kind}/${item}/${name}`}>
                <span className={classes.quiet}>{item}:</span> {t(`dropped.${kind}`, { name })}
              </li>
            ))}
            {dropped.length > MOST && <li>{t('plan.more', { count: dropped.length - MOST })}</li>}
          </ul>
        </section>
      )}
      <Changes changes={changes} />
      <Losses files={losses} />
      {takeBack.error && (
        <div className={classes.error}>
          <ErrorNotice error={takeBack.error} />
        </div>
      )}
      <Group justify="flex-end" gap="xs" className={classes.actions}>
        <Button
          variant="default"
          disabled={last?.undoId !== report.undoId}
          loading={takeBack.isPending}
          onClick={() => takeBack.mutate()}
        >
          {t('done.undo')}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {common('close')}
        </Button>
      </Group>
    </>
  )
}
