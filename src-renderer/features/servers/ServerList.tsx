import { NativeSelect, VisuallyHidden } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Server } from '@contract/entities/server'
import type { ServerId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { useReorder } from '@renderer/components/use-reorder'
import { dotOf, stateOf } from './server-state'
import classes from './ServersScreen.module.css'

interface Props {
  servers: readonly Server[]
  shown: ServerId
  onOpen: (id: string) => void
}

/** All servers by priority, which is changed by dragging or by the arrow keys; a menu where there is no room. */
export function ServerList({ servers, shown, onOpen }: Props) {
  const { t } = useTranslation('servers')
  // The order under the pointer, until main has taken it.
  const [order, setOrder] = useState<readonly ServerId[] | null>(null)
  const reorder = useCommand('servers.reorder', { onError: notifyError, onSettled: () => setOrder(null) })
  const sorted = order ? order.flatMap((id) => servers.find((server) => server.id === id) ?? []) : [...servers]
  const nameOf = (id: ServerId) => servers.find((server) => server.id === id)?.name ?? ''
  const { said, item, grip } = useReorder({
    ids: sorted.map(({ id }) => id),
    onMove: (ids) => {
      setOrder(ids)
      reorder.mutate({ ids })
    },
    say: (id, place, of) => t('list.moved', { name: nameOf(id), place, of }),
  })

  return (
    <>
      <nav className={classes.list} aria-label={t('title')}>
        <ol className={classes.items} data-reorder>
          {sorted.map((server, place) => (
            <li
              key={server.id}
              className={classes.item}
              data-open={server.id === shown || undefined}
              {...item(server.id)}
            >
              {servers.length > 1 && (
                <button
                  type="button"
                  className={classes.grip}
                  aria-label={t('list.move', { name: server.name, place: place + 1, of: servers.length })}
                  {...grip(server.id)}
                >
                  <IconGripVertical size={14} stroke={1.6} aria-hidden />
                </button>
              )}
              <Link
                href={`/servers/${server.id}`}
                className={classes.link}
                draggable={false}
                aria-current={server.id === shown ? 'page' : undefined}
              >
                <span className={classes.itemName}>{server.name}</span>
                <ItemFacts server={server} />
              </Link>
            </li>
          ))}
        </ol>
        {servers.length > 1 && <p className={classes.hint}>{t('list.help')}</p>}
        <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
      </nav>
      <div className={classes.menu}>
        <NativeSelect
          aria-label={t('list.choose')}
          value={shown}
          data={sorted.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => onOpen(event.currentTarget.value)}
        />
      </div>
    </>
  )
}

function ItemFacts({ server }: { server: Server }) {
  const { t } = useTranslation('servers')
  const state = stateOf(server)
  const facts = [
    t(`state.${state}`),
    server.isDefault && t('list.default'),
    state === 'up' && t('list.models', { count: server.modelCount }),
  ].filter(Boolean)
  return (
    <span className={classes.facts}>
      <span className={classes.dot} data-state={dotOf(state)} aria-hidden />
      <span className={classes.factsText}>{facts.join(' · ')}</span>
    </span>
  )
}
