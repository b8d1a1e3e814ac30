import { Anchor, Button, Group, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { Secret } from '@contract/entities/token'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { SecretInput } from '@renderer/domain/keys/SecretInput'
import { notifyDone } from '@renderer/components/notify'
import { useAddKey } from '@renderer/domain/keys/use-add-key'
import classes from './GuideScreen.module.css'

/** One key, checked live. */
export function PasteKey({ provider, onAdded }: { provider: Provider; onAdded: () => void }) {
  const { t } = useTranslation('guide')
  const [secret, setSecret] = useState('')
  const [wrong, setWrong] = useState(false)
  const adding = useAddKey()

  const add = async (anyway: boolean) => {
    const key = Secret.safeParse(secret)
    setWrong(!key.success)
    if (!key.success) return
    const added = await adding.add({ providerId: provider.id, name: t('key.name'), secret: key.data }, anyway)
    if (!added) return
    if (added.check?.answersWithoutKey) notifyDone(t('key.unproven'))
    onAdded()
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void add(false)
  }
  // The dialog stands beside the form: what is sent in it must not send the form too.
  return (
    <>
      <form onSubmit={submit} className={classes.form}>
        <SecretInput
          value={secret}
          error={wrong && t('key.wrong')}
          onChange={(value) => {
            setSecret(value)
            setWrong(false)
            adding.clear()
          }}
        />
        <Text size="sm" c="dimmed">
          {t('key.kept')}{' '}
          {provider.keyUrl !== null && (
            <Anchor href={provider.keyUrl} target="_blank" rel="noreferrer" size="sm" underline="always">
              {t('key.get', { name: provider.name })}
            </Anchor>
          )}
        </Text>
        {adding.error && <ErrorNotice error={adding.error} />}
        <Group gap="xs">
          <Button type="submit" loading={adding.pending} disabled={secret === ''}>
            {t('key.check')}
          </Button>
          {adding.canAddAnyway && (
            <Button variant="default" onClick={() => void add(true)}>
              {t('key.anyway')}
            </Button>
          )}
        </Group>
      </form>
      {adding.dialog}
    </>
  )
}
