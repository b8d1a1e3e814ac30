import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'

export interface VaultUnlockDialogProps {
  opened: boolean
  onUnlocked?: () => void
  onClose: () => void
}

/** Opens a locked vault: by its passphrase, or by asking the system's keychain again. */
export function VaultUnlockDialog({ opened, onUnlocked, onClose }: VaultUnlockDialogProps) {
  const { t } = useTranslation(['vault', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('unlock.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <UnlockForm onUnlocked={onUnlocked} onClose={onClose} />
    </Modal>
  )
}

function UnlockForm({ onUnlocked, onClose }: Omit<VaultUnlockDialogProps, 'opened'>) {
  const { t } = useTranslation(['vault', 'common'])
  const vault = useRoute('vault.status', {})
  const byPassphrase = vault.data?.kind === 'passphrase'
  const [passphrase, setPassphrase] = useState('')
  const unlock = useCommand('vault.unlock', {
    onSuccess: ({ state }) => {
      if (state !== 'ready') return
      onUnlocked?.()
      onClose()
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    unlock.mutate(byPassphrase ? { passphrase } : {})
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text c="dimmed">{t(byPassphrase ? 'unlock.passphraseText' : 'unlock.keychainText')}</Text>
        {byPassphrase && (
          <PasswordInput
            label={t('passphrase.label')}
            value={passphrase}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('passphrase.show') }}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            data-autofocus
          />
        )}
        {unlock.error && <ErrorNotice error={unlock.error} />}
        {unlock.data && unlock.data.state !== 'ready' && <Text role="alert">{t('unlock.stillLocked')}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={byPassphrase && passphrase === ''} loading={unlock.isPending}>
            {t('unlock.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
