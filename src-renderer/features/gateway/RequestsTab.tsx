import { Button, TextInput } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRoute, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_REQUESTS, type GatewayRequest } from '@contract/entities/gateway'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageRows } from '@renderer/components/PageRows'
import { RequestRow } from './RequestRow'
import { useRequests } from './use-requests'
import classes from './Gateway.module.css'

const ROW_HEIGHT = 58

/** Has every word of a search in its key's name, models, path or error. */
function matches(one: GatewayRequest, search: string): boolean {
  const { keyName, path, model, answeredBy, error } = one
  const text = [keyName, path, model, answeredBy?.provider, answeredBy?.model, error?.code, error?.message]
    .join(' ')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** What programs ask now and asked lately: it can be held still and searched. */
export function RequestsTab({ listens }: { listens: boolean }) {
  const { t } = useTranslation('gateway')
  const format = useFormat()
  const [search, setSearch] = useState('')
  const { requests, error, paused, unseen, pause, resume } = useRequests()
  if (error !== null) return <ErrorNotice error={error} />
  if (requests === null) return <LoadingRows rows={6} height={ROW_HEIGHT} />
  if (requests.length === 0)
    return (
      <EmptyState icon={<IconRoute size={28} stroke={1.5} />} text={t(listens ? 'requests.none' : 'requests.off')} />
    )
  const shown = requests.filter((one) => matches(one, search.trim()))
  return (
    <>
      <div className={classes.bar}>
        <TextInput
          className={classes.search}
          aria-label={t('requests.search')}
          placeholder={t('requests.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
          onClick={paused ? resume : pause}
        >
          {t(paused ? 'requests.resume' : 'requests.pause')}
        </Button>
        <span className={classes.count} role="status">
          {paused && unseen > 0 && t('requests.unseen', { count: unseen, shown: format.number(unseen) })}
        </span>
        {requests.length >= MOST_REQUESTS && (
          <span className={classes.count}>
            {t('requests.kept', { count: MOST_REQUESTS, shown: format.number(MOST_REQUESTS) })}
          </span>
        )}
      </div>
      {shown.length === 0 ? (
        <p className={classes.help}>{t('requests.nothing')}</p>
      ) : (
        <PageRows
          label={t('requests.label')}
          items={shown}
          keyOf={({ number }) => String(number)}
          rowHeight={ROW_HEIGHT}
        >
          {(one) => <RequestRow request={one} />}
        </PageRows>
      )}
    </>
  )
}
