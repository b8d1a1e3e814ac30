import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { NewPassphrase, PASSPHRASE_MIN } from './NewPassphrase'

type Choice = 'keychain' | 'passphrase' | 'session'

export interface VaultCreateDialogProps {
  opened: boolean
  onCreated: () => void
  onCancel: () => void
}

/** Asks where keys are to be kept, where the system's keychain does not settle it. */
export function VaultCreateDialog({ opened, onCreated, onCancel }: VaultCreateDialogProps) {
  const { t } = useTranslation(['vault', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onCancel}
      title={t('create.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <CreateForm onCreated={onCreated} onCancel={onCancel} />
    </Modal>
  )
}

function CreateForm({ onCreated, onCancel }: Omit<VaultCreateDialogProps, 'opened'>) {
  const { t } = useTranslation(['vault', 'common'])
  const vault = useRoute('vault.status', {})
  const keychain = vault.data?.keychainAvailable === true
  const [choice, setChoice] = useState<Choice>(keychain ? 'keychain' : 'passphrase')
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const create = useCommand('vault.create', { onSuccess: onCreated })
  const ready = choice !== 'passphrase' || passphrase !== null

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (choice !== 'passphrase') create.mutate({ kind: choice })
    else if (passphrase !== null) create.mutate({ kind: 'passphrase', passphrase })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text c="dimmed">{t(keychain ? 'create.text' : 'create.noKeychain')}</Text>
        <Radio.Group value={choice} onChange={setChoice} aria-label={t('create.title')}>
          <Stack gap="sm">
            {keychain && (
              <Radio
                value="keychain"
                label={t('kind.keychain')}
                description={t('create.keychainHelp')}
                data-autofocus
              />
            )}
            <Radio
              value="passphrase"
              label={t('kind.passphrase')}
              description={t('create.passphraseHelp')}
              data-autofocus={!keychain || undefined}
            />
            <Radio value="session" label={t('kind.session')} description={t('create.sessionHelp')} />
          </Stack>
        </Radio.Group>
        {choice === 'passphrase' && <NewPassphrase minLength={PASSPHRASE_MIN} onChange={setPassphrase} />}
        {create.error && <ErrorNotice error={create.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={create.isPending}>
            {t('create.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
