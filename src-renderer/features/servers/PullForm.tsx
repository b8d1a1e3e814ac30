import { Button, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { PullName } from '@contract/entities/server'
import type { ServerId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import classes from './ServersScreen.module.css'

/** Gets a model onto the server by its name in Ollama's library. */
export function PullForm({ serverId }: { serverId: ServerId }) {
  const { t } = useTranslation('servers')
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState(false)
  const start = useCommand('pulls.start', { onSuccess: () => setName(''), onError: notifyError })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    // What is copied from the library's page is often the whole command.
    const read = PullName.safeParse(name.trim().replace(/^ollama\s+(pull|run)\s+/, ''))
    setWrong(!read.success)
    if (read.success) start.mutate({ serverId, model: read.data })
  }
  return (
    <form className={classes.pullForm} onSubmit={submit}>
      <TextInput
        className={classes.grow}
        aria-label={t('pull.name')}
        placeholder={t('pull.placeholder')}
        value={name}
        spellCheck={false}
        error={wrong && t('pull.wrong')}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setWrong(false)
        }}
      />
      <Button
        type="submit"
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
        loading={start.isPending}
        disabled={name.trim() === ''}
      >
        {t('pull.get')}
      </Button>
    </form>
  )
}
