import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import rows from '@renderer/components/Rows.module.css'
import { KeyDialog } from './KeyDialog'
import { KeyRow } from './KeyRow'
import classes from './Gateway.module.css'

/** The keys by which programs ask, each with what it may do. */
export function KeysTab() {
  const { t } = useTranslation('gateway')
  const keys = useRoute('gateway.keys', {})
  const [making, setMaking] = useState(false)
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('keys.new')}
    </Button>
  )
  return (
    <>
      {keys.isPending && <LoadingRows rows={2} />}
      {keys.error && <ErrorNotice error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.length === 0 && (
        <EmptyState icon={<IconKey size={28} stroke={1.5} />} text={t('keys.none')} action={add} />
      )}
      {keys.data && keys.data.length > 0 && (
        <>
          <p className={classes.help}>{t('keys.help')}</p>
          <ul className={rows.rows} aria-label={t('keys.label')}>
            {keys.data.map((key) => (
              <KeyRow key={key.id} gatewayKey={key} />
            ))}
          </ul>
          <div className={classes.foot}>{add}</div>
        </>
      )}
      <KeyDialog opened={making} onClose={() => setMaking(false)} />
    </>
  )
}
