import { useTranslation } from 'react-i18next'
import type { Server } from '@contract/entities/server'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { Section } from '@renderer/components/Section'
import rows from '@renderer/components/Rows.module.css'
import { ModelRow } from './ModelRow'
import { PullForm } from './PullForm'
import { PullRow } from './PullRow'
import { usePulls } from './use-pulls'

/** The server's models, those on their way to it, and a field to get another one. */
export function ModelsSection({ server }: { server: Server }) {
  const { t } = useTranslation('servers')
  const all = useRoute('models.list', { serverId: server.id })
  const pulls = usePulls(server.id).filter(({ state }) => state !== 'done')
  const models = (all.data ?? [])
    .filter(({ available }) => available)
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
  const reachable = server.active && server.available === true && !server.needsSecret
  return (
    <Section title={t('models.title')}>
      {all.error && <ErrorNotice error={all.error} onRetry={() => void all.refetch()} />}
      {reachable && <PullForm serverId={server.id} />}
      {pulls.length > 0 && (
        <ul className={rows.rows} aria-label={t('pull.list')}>
          {pulls.map((pull) => (
            <PullRow key={pull.id} pull={pull} />
          ))}
        </ul>
      )}
      {all.data && models.length === 0 && (
        <p className={rows.soft}>{t(reachable ? 'models.none' : 'models.unknown')}</p>
      )}
      {models.length > 0 && (
        <ul className={rows.rows} aria-label={t('models.title')}>
          {models.map((model) => (
            <ModelRow key={model.id} model={model} serverId={server.id} reachable={reachable} />
          ))}
        </ul>
      )}
    </Section>
  )
}
