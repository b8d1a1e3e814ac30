import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GatewayKey } from '@contract/entities/gateway'
import { KeyForm } from './KeyForm'
import { NewKey } from './NewKey'

export interface KeyDialogProps {
  opened: boolean
  /** The key to change; absent: a new one. */
  gatewayKey?: GatewayKey
  onClose: () => void
}

/** Makes a key and shows it this once, or changes what one may do. */
export function KeyDialog({ opened, gatewayKey, onClose }: KeyDialogProps) {
  const { t } = useTranslation(['gateway', 'common'])
  const [made, setMade] = useState<string | null>(null)
  // A key that was shown must not stand in the dialog when it opens for the next one.
  const close = () => {
    setMade(null)
    onClose()
  }
  const title = made !== null ? t('keys.made') : gatewayKey ? t('keys.edit') : t('keys.new')
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={title}
      // What is shown once is closed on purpose.
      closeOnClickOutside={made === null}
      closeOnEscape={made === null}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {made === null ? (
        <KeyForm gatewayKey={gatewayKey} onCancel={close} onSaved={(key) => (key === null ? close() : setMade(key))} />
      ) : (
        <NewKey text={made} onDone={close} />
      )}
    </Modal>
  )
}
