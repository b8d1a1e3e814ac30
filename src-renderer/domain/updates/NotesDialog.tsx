import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './NotesDialog.module.css'

/** What is new in a version, as its release says it. */
export function NotesDialog(props: { version: string; notes: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const common = useTranslation('common').t
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('updates.newIn', { version: props.version })}
      size={560}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <p className={classes.notes}>{props.notes}</p>
      <p className={classes.safe}>{t('updates.safe')}</p>
    </Modal>
  )
}
