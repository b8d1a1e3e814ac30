import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { CONFIGURATION_FILES, pickFile } from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { bringsAnything } from './import-choices'
import { ImportPlanView } from './ImportPlanView'
import { ImportResult } from './ImportResult'
import { useImportFile } from './use-import-file'
import classes from './Files.module.css'

/** Shows what a file would bring, asks what is not clear, and takes it in. */
export function ImportSteps({ file }: { file: File }) {
  const { t } = useTranslation('files')
  const common = useTranslation('common').t
  const { close, importFile } = useFilesDialog()
  const { step, choices, choose, run } = useImportFile(file, close)

  const pickAnother = async () => {
    const other = await pickFile(CONFIGURATION_FILES)
    if (other) importFile(other)
  }
  const body = () => {
    switch (step.name) {
      case 'reading':
        return <LoadingRows />
      case 'failed':
        return (
          <>
            <ErrorNotice error={step.error} />
            <Group justify="flex-end" gap="xs" className={classes.actions}>
              <Button variant="default" onClick={close}>
                {common('close')}
              </Button>
              <Button onClick={() => void pickAnother()}>{t('import.another')}</Button>
            </Group>
          </>
        )
      case 'planned': {
        const { plan } = step
        const ready = bringsAnything(plan, choices) && (!plan.needsModel || choices.model !== null)
        return (
          <>
            <ImportPlanView plan={plan} choices={choices} onChoose={choose} />
            {step.error !== null && (
              <div className={classes.error}>
                <ErrorNotice error={step.error} />
              </div>
            )}
            <Group justify="flex-end" gap="xs" className={classes.actions}>
              <Button variant="default" onClick={close}>
                {common('cancel')}
              </Button>
              <Button disabled={!ready} loading={step.running} onClick={run}>
                {t('import.run')}
              </Button>
            </Group>
          </>
        )
      }
      case 'done':
        return <ImportResult plan={step.plan} report={step.report} onClose={close} />
    }
  }
  return (
    <>
      <p className={classes.fileName}>{file.name}</p>
      {body()}
    </>
  )
}
