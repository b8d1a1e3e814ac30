import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Provider } from '@contract/entities/provider'
import { hasCatalogue, mediaKindsOf } from '@contract/provider-kinds'
import { request } from '@renderer/api/bridge'
import { EditorFrame } from '@renderer/components/EditorFrame'
import { EditorTitle } from '@renderer/components/EditorTitle'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { useDelete } from '@renderer/components/use-delete'
import { useLocal } from '@renderer/components/use-local'
import { AddressSection } from './AddressSection'
import { KeysSection } from './KeysSection'
import { LimitsSection } from './LimitsSection'
import { MediaSection } from './MediaSection'
import { ModelsSection } from './ModelsSection'
import { ProviderDialog } from './ProviderDialog'
import { ServersSection } from './ServersSection'

/** One provider: keys, address, limits, servers and models, as far as it has them. */
export function ProviderPage({ provider }: { provider: Provider }) {
  const local = useLocal()
  return (
    <EditorFrame
      label={provider.name}
      title={<EditorTitle name={provider.name}>{local(provider.description)}</EditorTitle>}
      actions={!provider.builtIn && <OwnProviderActions provider={provider} />}
      notice={provider.unreadable && <UnreadableNote parts={provider.unreadable} />}
    >
      {provider.servers && <ServersSection />}
      {!provider.servers && provider.auth.type !== 'none' && <KeysSection provider={provider} />}
      {provider.baseUrl !== null && <AddressSection provider={provider} baseUrl={provider.baseUrl} />}
      {!provider.servers && !provider.hasOwnModels && <LimitsSection provider={provider} />}
      {mediaKindsOf(provider).length > 0 && <MediaSection provider={provider} />}
      {hasCatalogue(provider) && <ModelsSection provider={provider} />}
    </EditorFrame>
  )
}

function OwnProviderActions({ provider }: { provider: Provider }) {
  const { t } = useTranslation(['providers', 'common'])
  const [, go] = useLocation()
  const [editing, setEditing] = useState(false)
  const deletion = useDelete({
    title: t('deleteTitle', { name: provider.name }),
    text: t('deleteText'),
    remove: () => request('providers.delete', { id: provider.id }),
    done: t('deleted', { name: provider.name }),
    onDone: () => go('/providers'),
  })
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setEditing(true)}>
        {t('common:edit')}
      </Button>
      <Button variant="default" size="xs" loading={deletion.running} onClick={deletion.ask}>
        {t('common:delete')}
      </Button>
      <ProviderDialog opened={editing} provider={provider} onClose={() => setEditing(false)} />
      {deletion.dialog}
    </>
  )
}
