import { Button, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Provider } from '@contract/entities/provider'
import { useCommand } from '@renderer/api/queries'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useConfirm } from '@renderer/components/use-confirm'
import { useLocal } from '@renderer/components/use-local'
import { AddressSection } from './AddressSection'
import { KeysSection } from './KeysSection'
import { LimitsSection } from './LimitsSection'
import { ModelsSection } from './ModelsSection'
import { ProviderDialog } from './ProviderDialog'
import { ServersSection } from './ServersSection'
import classes from './ProvidersScreen.module.css'

/** One provider: keys, address, limits, servers and models, as far as it has them. */
export function ProviderPage({ provider }: { provider: Provider }) {
  const local = useLocal()
  return (
    <div className={classes.page} data-page-scroll>
      <div className={classes.inner}>
        <div className={classes.pageHead}>
          <div>
            <Title order={2} fz={24}>
              {provider.name}
            </Title>
            <Text c="dimmed">{local(provider.description)}</Text>
          </div>
          {!provider.builtIn && <OwnProviderActions provider={provider} />}
        </div>
        {provider.servers && <ServersSection />}
        {!provider.servers && provider.auth.type !== 'none' && <KeysSection provider={provider} />}
        {provider.baseUrl !== null && <AddressSection provider={provider} baseUrl={provider.baseUrl} />}
        {!provider.servers && !provider.hasOwnModels && <LimitsSection provider={provider} />}
        <ModelsSection provider={provider} />
      </div>
    </div>
  )
}

function OwnProviderActions({ provider }: { provider: Provider }) {
  const { t } = useTranslation(['providers', 'common'])
  const [, navigate] = useLocation()
  const [editing, setEditing] = useState(false)
  const { confirm, dialog } = useConfirm()
  const remove = useCommand('providers.delete', {
    onSuccess: () => {
      notifyDone(t('deleted', { name: provider.name }))
      navigate('/providers')
    },
    onError: notifyError,
  })
  const askDelete = async () => {
    const sure = await confirm({
      title: t('deleteTitle', { name: provider.name }),
      text: t('deleteText'),
      action: t('common:delete'),
    })
    if (sure) remove.mutate({ id: provider.id })
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <Button variant="default" size="xs" onClick={() => setEditing(true)}>
        {t('common:edit')}
      </Button>
      <Button variant="default" size="xs" loading={remove.isPending} onClick={() => void askDelete()}>
        {t('common:delete')}
      </Button>
      <ProviderDialog opened={editing} provider={provider} onClose={() => setEditing(false)} />
      {dialog}
    </Group>
  )
}
