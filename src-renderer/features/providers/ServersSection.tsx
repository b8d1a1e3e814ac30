import { Button, Group } from '@mantine/core'
import { IconPlus, IconRefresh, IconServer2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand, useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import { AddServerForm } from './AddServerForm'
import { ServerRow } from './ServerRow'
import classes from './ProvidersScreen.module.css'

/** Ollama servers: those found on this computer and those the user added. */
export function ServersSection() {
  const { t } = useTranslation('providers')
  const [adding, setAdding] = useState(false)
  const servers = useRoute('servers.list', {})
  const discover = useCommand('servers.discover', {
    onSuccess: (found) => {
      const up = found.filter(({ available }) => available).length
      notifyDone(up === 0 ? t('servers.foundNone') : t('servers.found', { count: up }))
    },
    onError: notifyError,
  })
  return (
    <Section
      title={t('servers.title')}
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={discover.isPending}
            onClick={() => discover.mutate({})}
          >
            {t('servers.lookAgain')}
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('servers.add')}
          </Button>
        </Group>
      }
    >
      {servers.isPending && <LoadingRows rows={1} />}
      {servers.error && <ErrorNotice error={servers.error} onRetry={() => void servers.refetch()} />}
      {servers.data?.length === 0 && !adding && (
        <EmptyState icon={<IconServer2 size={28} stroke={1.5} />} text={t('servers.none')} />
      )}
      {servers.data && servers.data.length > 0 && (
        <ul className={classes.rows}>
          {servers.data.map((server) => (
            <ServerRow key={server.id} server={server} />
          ))}
        </ul>
      )}
      {adding && <AddServerForm onClose={() => setAdding(false)} />}
    </Section>
  )
}
