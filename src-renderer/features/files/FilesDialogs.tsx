import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilesDialog, type AnyExportStart } from '@renderer/stores/files-dialog'
import { CharacterExport } from './CharacterExport'
import { ExportForm } from './ExportForm'
import { ImportSteps } from './ImportSteps'
import { TextExport } from './TextExport'

/** The dialogs that any screen opens by `useFilesDialog`; the app shows them once. */
export function FilesDialogs() {
  const { t } = useTranslation('files')
  const common = useTranslation('common').t
  const { files, imports, exporting, close } = useFilesDialog()
  const lastFiles = useLast(files)
  const lastExport = useLast(exporting)
  const closeButtonProps = { 'aria-label': common('close') }
  return (
    <>
      <Modal
        opened={files !== null}
        onClose={close}
        title={t('import.title')}
        size={640}
        closeButtonProps={closeButtonProps}
      >
        {lastFiles && <ImportSteps key={imports} files={lastFiles} />}
      </Modal>
      <Modal
        opened={exporting !== null}
        onClose={close}
        title={t(titleOf(lastExport))}
        size={520}
        closeButtonProps={closeButtonProps}
      >
        {lastExport?.what === 'character' && <CharacterExport start={lastExport} />}
        {lastExport?.what === 'text' && <TextExport start={lastExport} />}
        {lastExport && lastExport.what !== 'character' && lastExport.what !== 'text' && (
          <ExportForm start={lastExport} />
        )}
      </Modal>
    </>
  )
}

const titleOf = (start: AnyExportStart | null) => {
  if (start?.what === 'character') return 'character.title'
  return start?.what === 'text' ? 'text.title' : 'export.title'
}

/** The last value that was not null: what a dialog shows while it fades. */
function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value)
  if (value !== null && value !== last) setLast(value)
  return value ?? last
}
