import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ownRegistry, PULL, PullName } from '@contract/entities/pull'
import type { ServerId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import rows from '@renderer/components/Rows.module.css'
import classes from './PullForm.module.css'

/** What is copied from a library's page is often the whole command, or an address. */
const nameIn = (typed: string) => typed.trim().replace(/^(ollama\s+(pull|run)\s+)?(https?:\/\/)?/i, '')

/** Gets a model onto the server by its name in Ollama's library, or in a registry of one's own. */
export function PullForm({ serverId }: { serverId: ServerId }) {
  const { t } = useTranslation('servers')
  const [typed, setTyped] = useState('')
  const [withoutTls, setWithoutTls] = useState(false)
  const [wrong, setWrong] = useState(false)
  const name = nameIn(typed)
  const registry = ownRegistry(name)
  const start = useCommand('jobs.start', {
    onSuccess: () => {
      setTyped('')
      setWithoutTls(false)
    },
    onError: notifyError,
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const read = PullName.safeParse(name)
    setWrong(!read.success)
    if (!read.success) return
    start.mutate({ kind: PULL, input: { serverId, model: read.data, insecure: registry !== null && withoutTls } })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        className={rows.grow}
        aria-label={t('pull.name')}
        placeholder={t('pull.placeholder')}
        value={typed}
        spellCheck={false}
        error={wrong && t('pull.wrong')}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setWrong(false)
        }}
      />
      <Button
        type="submit"
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
        loading={start.isPending}
        disabled={name === ''}
      >
        {t('pull.download')}
      </Button>
      {registry !== null && (
        <Checkbox
          className={classes.choice}
          label={t('pull.insecure', { registry })}
          description={
            withoutTls ? <span className={classes.warning}>{t('pull.insecureWarning')}</span> : t('pull.insecureHelp')
          }
          checked={withoutTls}
          onChange={(event) => setWithoutTls(event.currentTarget.checked)}
        />
      )}
    </form>
  )
}
