import { Button, Menu, Switch } from '@mantine/core'
import { IconStar } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Server } from '@contract/entities/server'
import { request } from '@renderer/api/bridge'
import { routeQuery, useCommand } from '@renderer/api/queries'
import { EditorFrame } from '@renderer/components/EditorFrame'
import { EditorTitle } from '@renderer/components/EditorTitle'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useDelete } from '@renderer/components/use-delete'
import { MemorySection } from './MemorySection'
import { ModelsSection } from './ModelsSection'
import { ServerDialog } from './ServerDialog'
import { ServerStatus } from './ServerStatus'
import classes from './ServerPage.module.css'

/** One server: how it stands, what it has in memory, and its models. */
export function ServerPage({ server }: { server: Server }) {
  const { t } = useTranslation(['servers', 'common'])
  const [editing, setEditing] = useState(false)
  const update = useCommand('servers.update', { onError: notifyError })
  const queries = useQueryClient()
  const readAnew = async () => {
    try {
      const servers = await queries.fetchQuery({ ...routeQuery('servers.list', {}), staleTime: 0 })
      return servers.find(({ id }) => id === server.id)
    } catch {
      return undefined
    }
  }
  const check = useCommand('servers.check', {
    onSuccess: ({ name, version }) => notifyDone(t('page.answers', { name, version })),
    onError: async (error) => {
      // Why a server does not answer stands on its page, with the time when it was asked.
      const kept = await readAnew()
      if (!kept?.active || kept.problem?.code !== error.code) notifyError(error)
    },
  })
  return (
    <EditorFrame
      label={server.name}
      title={
        <EditorTitle name={server.name}>
          <span className={classes.url}>{server.url}</span>
        </EditorTitle>
      }
      actions={
        <>
          <Switch
            label={t('page.active')}
            checked={server.active}
            onChange={(event) => update.mutate({ id: server.id, patch: { active: event.currentTarget.checked } })}
          />
          <Button variant="default" size="xs" loading={check.isPending} onClick={() => check.mutate({ id: server.id })}>
            {t('page.check')}
          </Button>
          <Button variant="default" size="xs" onClick={() => setEditing(true)}>
            {t('common:edit')}
          </Button>
          <ServerMenu server={server} />
        </>
      }
      notice={server.unreadable && <UnreadableNote parts={server.unreadable} />}
    >
      <ServerStatus server={server} onEdit={() => setEditing(true)} />
      <MemorySection server={server} />
      <ModelsSection server={server} />
      <ServerDialog opened={editing} server={server} onClose={() => setEditing(false)} />
    </EditorFrame>
  )
}

function ServerMenu({ server }: { server: Server }) {
  const { t } = useTranslation(['servers', 'common'])
  const [, go] = useLocation()
  const setDefault = useCommand('servers.setDefault', { onError: notifyError })
  const deletion = useDelete({
    title: t('page.deleteTitle', { name: server.name }),
    text: t('page.deleteText'),
    remove: () => request('servers.delete', { id: server.id }),
    done: t('page.deleted', { name: server.name }),
    onDone: () => go('/servers'),
  })
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true }
  return (
    <MoreMenu label={t('page.more', { name: server.name })} deletion={deletion}>
      {!server.isDefault && (
        <Menu.Item leftSection={<IconStar {...icon} />} onClick={() => setDefault.mutate({ id: server.id })}>
          {t('page.makeDefault')}
        </Menu.Item>
      )}
    </MoreMenu>
  )
}
