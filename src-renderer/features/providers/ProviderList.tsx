import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { hasCatalogue, mediaKindsOf } from '@contract/provider-kinds'
import { useRoute } from '@renderer/api/queries'
import { AddButton } from '@renderer/components/AddButton'
import { useFormat } from '@renderer/components/format'
import { SideList } from '@renderer/components/SideList'

interface Props {
  providers: readonly Provider[]
  openId: string
  onNew: () => void
}

/** Every provider with what is known of it in a line. */
export function ProviderList({ providers, openId, onNew }: Props) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const tokens = useRoute('tokens.list', {})
  const counts = useRoute('models.counts', {})
  const servers = useRoute('servers.list', {})

  const facts = (provider: Provider): string[] => {
    const keys = tokens.data?.filter(({ providerId }) => providerId === provider.id).length ?? 0
    const known = counts.data?.find(({ providerId }) => providerId === provider.id)?.models
    const parts: string[] = []
    if (provider.servers) {
      if (servers.data?.length === 0) return [t('list.noServers')]
      parts.push(t('list.servers', { count: servers.data?.length ?? 0 }))
    }
    if (keys > 0) parts.push(t('list.keys', { count: keys }))
    else if (provider.keyRequired) parts.push(t('list.noKey'))
    if (!hasCatalogue(provider)) parts.push(...mediaKindsOf(provider).map((kind) => t(`media.${kind}`)))
    else if (known && (keys > 0 || !provider.keyRequired))
      parts.push(t('list.models', { count: known, shown: format.number(known) }))
    return parts.length > 0 ? parts : [t(provider.local ? 'list.local' : 'list.noModels')]
  }

  return (
    <SideList
      label={t('title')}
      actions={<AddButton label={t('add')} onClick={onNew} />}
      searchLabel={t('list.search')}
      nothing={t('list.nothing')}
      openId={openId}
      items={providers.map((provider) => ({
        id: provider.id,
        name: provider.name,
        href: `/providers/${provider.id}`,
        facts: facts(provider),
        unreadable: provider.unreadable,
      }))}
    />
  )
}
