import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { IMPORT_FILES, pickFiles } from '@renderer/components/text-files'
import { useFilesDialog, type FileToImport } from '@renderer/stores/files-dialog'
import { FaultyFiles } from './FaultyFiles'
import { bringsAnything } from './import-choices'
import { ImportProgress } from './ImportProgress'
import { ImportPlanView } from './ImportPlanView'
import { ImportResult } from './ImportResult'
import { joinPlans } from './joined-plan'
import { useImportFiles, type Progress } from './use-import-files'
import classes from './Files.module.css'

/** Shows what files would bring, asks what is not clear, and takes them in. */
export function ImportSteps({ files }: { files: readonly FileToImport[] }) {
  const { t, i18n } = useTranslation('files')
  const common = useTranslation('common').t
  const { close, importFiles } = useFilesDialog()
  const { step, choices, choose, run, stop } = useImportFiles(files)

  const formatted = ({ done, total }: Progress) => {
    const number = new Intl.NumberFormat(i18n.language)
    return { done: number.format(done), total: number.format(total) }
  }
  const pickOthers = async () => {
    const others = await pickFiles(IMPORT_FILES)
    if (others.length > 0) importFiles(others)
  }
  if (step.name === 'reading')
    return (
      <>
        <LoadingRows />
        {step.progress.total > 1 && (
          <ImportProgress label={t('import.reading', formatted(step.progress))} progress={step.progress} />
        )}
      </>
    )
  const { planned, faulty } = step
  const plan = joinPlans(planned)
  if (step.name === 'done') return <ImportResult losses={plan.losses} report={step.report} onClose={close} />
  const ready = bringsAnything(plan, choices) && (!plan.needsModel || choices.model !== null)
  return (
    <>
      {planned.length > 0 && (
        <>
          <p className={classes.fileName}>
            {planned
              .map(({ name, encoding }) => (encoding === 'windows-1251' ? t('import.asWindows1251', { name }) : name))
              .join(', ')}
          </p>
          <ImportPlanView plan={plan} choices={choices} onChoose={choose} />
        </>
      )}
      <FaultyFiles files={faulty} />
      {step.error !== null && (
        <div className={classes.error}>
          <ErrorNotice error={step.error} />
        </div>
      )}
      {step.progress !== null && (
        <>
          <ImportProgress label={t('import.writing', formatted(step.progress))} progress={step.progress} />
          <p className={classes.help}>{t('import.background')}</p>
        </>
      )}
      <Group justify="flex-end" gap="xs" className={classes.actions}>
        {step.running ? (
          <Button variant="default" onClick={stop}>
            {t('import.stop')}
          </Button>
        ) : (
          <Button variant="default" onClick={close}>
            {common(planned.length > 0 ? 'cancel' : 'close')}
          </Button>
        )}
        {planned.length > 0 ? (
          <Button disabled={!ready} loading={step.running} onClick={run}>
            {t('import.run')}
          </Button>
        ) : (
          <Button onClick={() => void pickOthers()}>{t('import.another')}</Button>
        )}
      </Group>
    </>
  )
}
