import { Button } from '@mantine/core'
import { IconPlus, IconRefresh, IconServer2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ServerId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { PageHeader } from '@renderer/components/PageHeader'
import { ServerDialog } from './ServerDialog'
import { ServerList } from './ServerList'
import { ServerPage } from './ServerPage'
import classes from './ServersScreen.module.css'

/** The time of the last look is not announced by main: it is asked for as often as servers are looked at. */
const REFRESH_MS = 30_000

/** Ollama servers: all of them by priority at the left, one of them at the right. */
export function ServersScreen({ serverId }: { serverId?: ServerId | undefined }) {
  const { t } = useTranslation('servers')
  const [, navigate] = useLocation()
  const [adding, setAdding] = useState(false)
  const servers = useRoute('servers.list', {}, { refetchInterval: REFRESH_MS })
  const discover = useCommand('servers.discover', {
    onSuccess: (found) => {
      const up = found.filter(({ available }) => available).length
      notifyDone(up === 0 ? t('foundNone') : t('found', { count: up }))
    },
    onError: notifyError,
  })
  const shown = servers.data?.find(({ id }) => id === serverId) ?? servers.data?.[0]

  return (
    <>
      <PageHeader title={t('title')}>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={discover.isPending}
          onClick={() => discover.mutate({})}
        >
          {t('lookAgain')}
        </Button>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
      </PageHeader>
      {servers.isPending && <LoadingRows rows={4} />}
      {servers.error && <ErrorNotice error={servers.error} onRetry={() => void servers.refetch()} />}
      {servers.data && !shown && <EmptyState icon={<IconServer2 size={28} stroke={1.5} />} text={t('none')} />}
      {servers.data && shown && (
        <div className={classes.body}>
          <div className={classes.split}>
            <ServerList servers={servers.data} shown={shown.id} onOpen={(id) => navigate(`/servers/${id}`)} />
            <ServerPage key={shown.id} server={shown} />
          </div>
        </div>
      )}
      <ServerDialog
        opened={adding}
        onClose={() => setAdding(false)}
        onSaved={(server) => navigate(`/servers/${server.id}`)}
      />
    </>
  )
}
