import { Button, Group, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { HttpUrl } from '@contract/values'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import classes from './ProvidersScreen.module.css'

/** `192.168.1.5:11434` as people type it, with the scheme that they leave out. */
const withScheme = (typed: string) => (/^[a-z]+:\/\//i.test(typed.trim()) ? typed.trim() : `http://${typed.trim()}`)

/** Adds an Ollama server by its address. */
export function AddServerForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['providers', 'common'])
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [wrong, setWrong] = useState(false)
  const add = useCommand('servers.add', { onSuccess: onClose })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const url = HttpUrl.safeParse(withScheme(address))
    setWrong(!url.success)
    if (url.success) add.mutate({ name: name.trim() || new URL(url.data).host, url: url.data })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
        <TextInput
          label={t('servers.address')}
          placeholder="http://192.168.1.5:11434"
          value={address}
          spellCheck={false}
          error={wrong && t('address.wrong')}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
            setWrong(false)
          }}
        />
        <TextInput
          label={t('common:name')}
          placeholder={t('servers.namePlaceholder')}
          value={name}
          maxLength={120}
          w={190}
          flex="none"
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Group>
      {add.error && <ErrorNotice error={add.error} />}
      <Group gap="xs">
        <Button type="submit" size="xs" loading={add.isPending} disabled={address.trim() === ''}>
          {t('common:add')}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      </Group>
    </form>
  )
}
