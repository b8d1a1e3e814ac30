import { Button, Checkbox, Group, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { HttpUrl } from '@contract/values'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import classes from './GuideScreen.module.css'

/** Any address that speaks OpenAI's language, as a provider named after its host. */
export function OwnAddress({ onAdded }: { onAdded: (provider: Provider) => void }) {
  const { t } = useTranslation('guide')
  const [address, setAddress] = useState('')
  const [keyRequired, setKeyRequired] = useState(false)
  const [wrong, setWrong] = useState(false)
  const create = useCommand('providers.create', {
    onSuccess: (provider) => {
      // Without a key its models can be asked for at once; if that fails, their names can be typed.
      if (!provider.keyRequired) void request('models.refresh', { providerId: provider.id }).catch(() => undefined)
      onAdded(provider)
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const url = HttpUrl.safeParse(address)
    setWrong(!url.success)
    if (url.success) create.mutate({ name: new URL(url.data).host, baseUrl: url.data, keyRequired })
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        label={t('key.address')}
        description={t('key.addressHelp')}
        placeholder="http://127.0.0.1:1234/v1"
        value={address}
        spellCheck={false}
        error={wrong && t('key.addressWrong')}
        onChange={(event) => {
          setAddress(event.currentTarget.value)
          setWrong(false)
        }}
      />
      <Checkbox
        label={t('key.needed')}
        checked={keyRequired}
        onChange={(event) => setKeyRequired(event.currentTarget.checked)}
      />
      {create.error && <ErrorNotice error={create.error} />}
      <Group>
        <Button type="submit" loading={create.isPending} disabled={address.trim() === ''}>
          {t('key.next')}
        </Button>
      </Group>
    </form>
  )
}
