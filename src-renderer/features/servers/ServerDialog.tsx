import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Server } from '@contract/entities/server'
import { ServerForm } from './ServerForm'

export interface ServerDialogProps {
  opened: boolean
  /** The server to edit; absent: a new one. */
  server?: Server
  onClose: () => void
  onSaved?: (server: Server) => void
}

/** Adds or edits a server. */
export function ServerDialog({ opened, server, onClose, onSaved }: ServerDialogProps) {
  const { t } = useTranslation(['servers', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t(server ? 'form.edit' : 'add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <ServerForm
        server={server}
        onCancel={onClose}
        onSaved={(saved) => {
          onSaved?.(saved)
          onClose()
        }}
      />
    </Modal>
  )
}
