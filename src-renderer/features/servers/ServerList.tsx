import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Server } from '@contract/entities/server'
import type { ServerId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { AddButton } from '@renderer/components/AddButton'
import { IconButton } from '@renderer/components/IconButton'
import { notifyError } from '@renderer/components/notify'
import { SideList } from '@renderer/components/SideList'
import { dotOf, stateOf } from './server-state'

interface Props {
  servers: readonly Server[]
  openId: string
  looking: boolean
  /** Looks for servers again. */
  onLook: () => void
  onNew: () => void
}

/** All servers by priority, which is changed by dragging or by the arrow keys. */
export function ServerList({ servers, openId, looking, onLook, onNew }: Props) {
  const { t } = useTranslation('servers')
  // The order under the pointer, until main has taken it.
  const [order, setOrder] = useState<readonly ServerId[] | null>(null)
  const reorder = useCommand('servers.reorder', { onError: notifyError, onSettled: () => setOrder(null) })
  const byId = (id: string) => servers.find((server) => server.id === id)
  const sorted = order ? order.flatMap((id) => byId(id) ?? []) : servers

  const factsOf = (server: Server) => {
    const state = stateOf(server)
    return [
      t(`state.${state}`),
      server.isDefault && t('list.default'),
      state === 'up' && t('list.models', { count: server.modelCount }),
    ]
  }
  return (
    <SideList
      label={t('title')}
      actions={
        <>
          <IconButton label={t('lookAgain')} loading={looking} onClick={onLook}>
            <IconRefresh size={17} stroke={1.6} aria-hidden />
          </IconButton>
          <AddButton label={t('add')} onClick={onNew} />
        </>
      }
      searchLabel={t('list.search')}
      nothing={t('list.nothing')}
      openId={openId}
      items={sorted.map((server) => ({
        id: server.id,
        name: server.name,
        href: `/servers/${server.id}`,
        dot: dotOf(stateOf(server)),
        facts: factsOf(server),
        unreadable: server.unreadable,
      }))}
      order={{
        onMove: (moved) => {
          const ids = moved.flatMap((id) => byId(id)?.id ?? [])
          setOrder(ids)
          reorder.mutate({ ids })
        },
        gripLabel: (name, place, of) => t('list.move', { name, place, of }),
        say: (name, place, of) => t('list.moved', { name, place, of }),
      }}
      {...(servers.length > 1 ? { hint: t('list.help') } : {})}
    />
  )
}
