import { Button } from '@mantine/core'
import { IconRefresh, IconServer2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ServerId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ListScreen } from '@renderer/components/ListScreen'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { ServerDialog } from './ServerDialog'
import { ServerList } from './ServerList'
import { ServerPage } from './ServerPage'

/** The time of the last look is not announced by main: it is asked for as often as servers are looked at. */
const REFRESH_MS = 30_000

/** Ollama servers: all of them by priority at the left, one of them at the right. */
export function ServersScreen({ serverId }: { serverId?: ServerId | undefined }) {
  const { t } = useTranslation('servers')
  const [, go] = useLocation()
  const [adding, setAdding] = useState(false)
  const servers = useRoute('servers.list', {}, { refetchInterval: REFRESH_MS })
  const discover = useCommand('servers.discover', {
    onSuccess: (found) => {
      const up = found.filter(({ available }) => available).length
      notifyDone(up === 0 ? t('foundNone') : t('found', { count: up }))
    },
    onError: notifyError,
  })
  return (
    <>
      <ListScreen
        title={t('title')}
        query={servers}
        openId={serverId}
        hrefOf={(id) => `/servers/${id}`}
        emptyActions={
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={discover.isPending}
            onClick={() => discover.mutate({})}
          >
            {t('lookAgain')}
          </Button>
        }
        empty={
          <EmptyState
            icon={<IconServer2 size={28} stroke={1.5} />}
            text={t('none')}
            action={<Button onClick={() => setAdding(true)}>{t('add')}</Button>}
          />
        }
      >
        {({ items, id, item }) => ({
          list: (
            <ServerList
              servers={items}
              openId={id}
              looking={discover.isPending}
              onLook={() => discover.mutate({})}
              onNew={() => setAdding(true)}
            />
          ),
          page: item && <ServerPage key={id} server={item} />,
        })}
      </ListScreen>
      <ServerDialog
        opened={adding}
        onClose={() => setAdding(false)}
        onSaved={(server) => go(`/servers/${server.id}`)}
      />
    </>
  )
}
