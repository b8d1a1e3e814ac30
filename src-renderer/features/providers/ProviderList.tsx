import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Provider } from '@contract/entities/provider'
import type { ProviderId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import classes from './ProvidersScreen.module.css'

export interface ProviderListProps {
  providers: readonly Provider[]
  shown: ProviderId | undefined
}

/** Every provider with what is known of it in a line. */
export function ProviderList({ providers, shown }: ProviderListProps) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const tokens = useRoute('tokens.list', {})
  const counts = useRoute('models.counts', {})
  const servers = useRoute('servers.list', {})

  const facts = (provider: Provider): string => {
    const keys = tokens.data?.filter(({ providerId }) => providerId === provider.id).length ?? 0
    const known = counts.data?.find(({ providerId }) => providerId === provider.id)?.models
    const parts: string[] = []
    if (provider.servers) {
      if (servers.data?.length === 0) return t('list.noServers')
      parts.push(t('list.servers', { count: servers.data?.length ?? 0 }))
    }
    if (keys > 0) parts.push(t('list.keys', { count: keys }))
    else if (provider.keyRequired) return t('list.noKey')
    if (known) parts.push(t('list.models', { count: known, shown: format.number(known) }))
    return parts.length > 0 ? parts.join(' · ') : t(provider.local ? 'list.local' : 'list.noModels')
  }

  return (
    <ul className={classes.list} aria-label={t('title')}>
      {providers.map((provider) => (
        <li key={provider.id}>
          <Link
            href={`/providers/${provider.id}`}
            className={classes.item}
            aria-current={provider.id === shown ? 'page' : undefined}
          >
            <span className={classes.itemName}>{provider.name}</span>
            <span className={classes.facts}>{facts(provider)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
