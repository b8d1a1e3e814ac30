import { Button, Group, Menu, Switch, Title } from '@mantine/core'
import { IconStar, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Server } from '@contract/entities/server'
import { useCommand } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useConfirm } from '@renderer/components/use-confirm'
import { MemorySection } from './MemorySection'
import { ModelsSection } from './ModelsSection'
import { ServerDialog } from './ServerDialog'
import { ServerStatus } from './ServerStatus'
import classes from './ServersScreen.module.css'

/** One server: how it stands, what it has in memory, and its models. */
export function ServerPage({ server }: { server: Server }) {
  const { t } = useTranslation(['servers', 'common'])
  const [editing, setEditing] = useState(false)
  const update = useCommand('servers.update', { onError: notifyError })
  const check = useCommand('servers.check', {
    onSuccess: ({ name, version }) => notifyDone(t('page.answers', { name, version })),
    onError: notifyError,
  })
  return (
    <div className={classes.page}>
      <div className={classes.inner}>
        <div className={classes.pageHead}>
          <div className={classes.grow}>
            <Title order={2} fz={24} className={classes.title}>
              {server.name}
            </Title>
            <span className={classes.url}>{server.url}</span>
          </div>
          <Group gap="xs" className={classes.pageActions}>
            <Switch
              label={t('page.active')}
              checked={server.active}
              onChange={(event) => update.mutate({ id: server.id, patch: { active: event.currentTarget.checked } })}
            />
            <Button
              variant="default"
              size="xs"
              loading={check.isPending}
              onClick={() => check.mutate({ id: server.id })}
            >
              {t('page.check')}
            </Button>
            <Button variant="default" size="xs" onClick={() => setEditing(true)}>
              {t('common:edit')}
            </Button>
            <ServerMenu server={server} />
          </Group>
        </div>
        <ServerStatus server={server} onEdit={() => setEditing(true)} />
        <MemorySection server={server} />
        <ModelsSection server={server} />
      </div>
      <ServerDialog opened={editing} server={server} onClose={() => setEditing(false)} />
    </div>
  )
}

function ServerMenu({ server }: { server: Server }) {
  const { t } = useTranslation(['servers', 'common'])
  const [, navigate] = useLocation()
  const { confirm, dialog } = useConfirm()
  const setDefault = useCommand('servers.setDefault', { onError: notifyError })
  const remove = useCommand('servers.delete', {
    onSuccess: () => {
      notifyDone(t('page.deleted', { name: server.name }))
      navigate('/servers')
    },
    onError: notifyError,
  })
  const askDelete = async () => {
    const sure = await confirm({
      title: t('page.deleteTitle', { name: server.name }),
      text: t('page.deleteText'),
      action: t('common:delete'),
    })
    if (sure) remove.mutate({ id: server.id })
  }
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true }
  return (
    <>
      <MoreMenu label={t('page.more', { name: server.name })}>
        {!server.isDefault && (
          <Menu.Item leftSection={<IconStar {...icon} />} onClick={() => setDefault.mutate({ id: server.id })}>
            {t('page.makeDefault')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => void askDelete()}>
          {t('common:delete')}
        </Menu.Item>
      </MoreMenu>
      {dialog}
    </>
  )
}
