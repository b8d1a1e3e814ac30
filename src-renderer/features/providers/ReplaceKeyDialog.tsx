import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Secret, type Token } from '@contract/entities/token'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { SecretInput } from '@renderer/domain/keys/SecretInput'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useVaultGate } from '@renderer/domain/vault/use-vault-gate'

export interface ReplaceKeyDialogProps {
  token: Token
  opened: boolean
  onClose: () => void
}

/** Puts a new key in the place of one that is lost or refused; its name and its place in presets stay. */
export function ReplaceKeyDialog({ token, opened, onClose }: ReplaceKeyDialogProps) {
  const { t } = useTranslation(['providers', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.replaceTitle', { name: token.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <ReplaceForm token={token} onClose={onClose} />
    </Modal>
  )
}

function ReplaceForm({ token, onClose }: Omit<ReplaceKeyDialogProps, 'opened'>) {
  const { t } = useTranslation(['providers', 'common'])
  const [secret, setSecret] = useState('')
  const [wrong, setWrong] = useState(false)
  const { openVault, dialog } = useVaultGate()
  const replace = useCommand('tokens.replaceSecret', {
    onSuccess: () => {
      notifyDone(t('keys.replaced', { name: token.name }))
      onClose()
    },
  })
  const put = async (key: string) => {
    try {
      if (await openVault()) replace.mutate({ id: token.id, secret: key })
    } catch (error) {
      notifyError(error)
    }
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const key = Secret.safeParse(secret)
    setWrong(!key.success)
    if (!key.success) return
    void put(key.data)
  }
  // The dialog stands beside the form: what is sent in it must not send the form too.
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text c="dimmed">{t('keys.replaceText')}</Text>
          <SecretInput value={secret} onChange={setSecret} error={wrong && t('keys.wrong')} data-autofocus />
          {replace.error && <ErrorNotice error={replace.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={secret === ''} loading={replace.isPending}>
              {t('keys.replace')}
            </Button>
          </Group>
        </Stack>
      </form>
      {dialog}
    </>
  )
}
