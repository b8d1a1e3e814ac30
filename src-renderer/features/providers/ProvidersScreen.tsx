import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ProviderId } from '@contract/ids'
import { useProviders } from '@renderer/domain/use-providers'
import { EmptyState } from '@renderer/components/EmptyState'
import { ListScreen } from '@renderer/components/ListScreen'
import { ProviderDialog } from './ProviderDialog'
import { ProviderList } from './ProviderList'
import { ProviderPage } from './ProviderPage'

/** Who can be asked to write: providers at the left, one of them with its keys and models at the right. */
export function ProvidersScreen({ providerId }: { providerId?: ProviderId | undefined }) {
  const { t } = useTranslation('providers')
  const [, go] = useLocation()
  const [adding, setAdding] = useState(false)
  const providers = useProviders()
  return (
    <>
      <ListScreen
        title={t('title')}
        query={providers}
        openId={providerId}
        hrefOf={(id) => `/providers/${id}`}
        empty={
          <EmptyState
            icon={<IconPlugConnected size={28} stroke={1.4} />}
            text={t('none')}
            action={<Button onClick={() => setAdding(true)}>{t('add')}</Button>}
          />
        }
      >
        {({ items, id, item }) => ({
          list: <ProviderList providers={items} openId={id} onNew={() => setAdding(true)} />,
          page: item && <ProviderPage key={id} provider={item} />,
        })}
      </ListScreen>
      <ProviderDialog
        opened={adding}
        onClose={() => setAdding(false)}
        onSaved={(provider) => go(`/providers/${provider.id}`)}
      />
    </>
  )
}
