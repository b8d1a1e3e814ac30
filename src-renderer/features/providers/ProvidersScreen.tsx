import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ProviderId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { ProviderDialog } from './ProviderDialog'
import { ProviderList } from './ProviderList'
import { ProviderPage } from './ProviderPage'
import classes from './ProvidersScreen.module.css'

/** Who can be asked to write: providers at the left, one of them with its keys and models at the right. */
export function ProvidersScreen({ providerId }: { providerId?: ProviderId | undefined }) {
  const { t } = useTranslation('providers')
  const [, navigate] = useLocation()
  const [adding, setAdding] = useState(false)
  const providers = useRoute('providers.list', {})
  const shown = providers.data?.find(({ id }) => id === providerId) ?? providers.data?.[0]
  return (
    <>
      <PageHeader title={t('title')}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
      </PageHeader>
      {providers.isPending && <LoadingRows rows={5} />}
      {providers.error && <ErrorNotice error={providers.error} onRetry={() => void providers.refetch()} />}
      {providers.data && (
        <div className={classes.split}>
          <ProviderList providers={providers.data} shown={shown?.id} />
          {shown && <ProviderPage key={shown.id} provider={shown} />}
        </div>
      )}
      <ProviderDialog
        opened={adding}
        onClose={() => setAdding(false)}
        onSaved={(provider) => navigate(`/providers/${provider.id}`)}
      />
    </>
  )
}
