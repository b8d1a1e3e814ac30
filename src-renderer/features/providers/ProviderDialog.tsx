import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { ProviderForm } from './ProviderForm'

export interface ProviderDialogProps {
  opened: boolean
  /** The provider to edit; absent: a new one. */
  provider?: Provider
  onClose: () => void
  onSaved?: (provider: Provider) => void
}

/** Adds or edits an OpenAI-compatible provider. */
export function ProviderDialog({ opened, provider, onClose, onSaved }: ProviderDialogProps) {
  const { t } = useTranslation(['providers', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t(provider ? 'form.edit' : 'form.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <ProviderForm
        provider={provider}
        onCancel={onClose}
        onSaved={(saved) => {
          onSaved?.(saved)
          onClose()
        }}
      />
    </Modal>
  )
}
