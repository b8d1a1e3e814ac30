import { ActionIcon, Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Server } from '@contract/entities/server'
import { useCommand } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useConfirm } from '@renderer/components/use-confirm'
import classes from './ProvidersScreen.module.css'

const stateOf = ({ available }: Server) => (available === null ? 'unknown' : available ? 'up' : 'down')

/** One Ollama server: its state in a word, its version, its models. */
export function ServerRow({ server }: { server: Server }) {
  const { t } = useTranslation(['providers', 'common'])
  const format = useFormat()
  const { confirm, dialog } = useConfirm()
  const check = useCommand('servers.check', { onError: notifyError })
  const remove = useCommand('servers.delete', {
    onSuccess: () => notifyDone(t('servers.deleted', { name: server.name })),
    onError: notifyError,
  })
  const askDelete = async () => {
    const sure = await confirm({
      title: t('servers.deleteTitle', { name: server.name }),
      text: t('servers.deleteText'),
      action: t('common:delete'),
    })
    if (sure) remove.mutate({ id: server.id })
  }
  const state = stateOf(server)
  const facts = [
    t(`servers.${state}`),
    server.version !== null && t('servers.version', { version: server.version }),
    server.modelCount > 0 && t('list.models', { count: server.modelCount, shown: format.number(server.modelCount) }),
    server.lastChecked !== null && t('servers.checked', { ago: format.ago(server.lastChecked) }),
  ].filter(Boolean)
  return (
    <li className={classes.row}>
      <span className={classes.dot} data-state={state} aria-hidden />
      <div className={classes.grow}>
        <span className={classes.name}>{server.name}</span> <span className={classes.soft}>{server.url}</span>
        <div className={classes.soft}>{facts.join(' · ')}</div>
      </div>
      <Button
        variant="default"
        size="xs"
        loading={check.isPending}
        aria-label={t('servers.checkNamed', { name: server.name })}
        onClick={() => check.mutate({ id: server.id })}
      >
        {t('servers.check')}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={t('servers.deleteNamed', { name: server.name })}
        onClick={() => void askDelete()}
      >
        <IconTrash size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
      {dialog}
    </li>
  )
}
