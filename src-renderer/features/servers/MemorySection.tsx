import { useTranslation } from 'react-i18next'
import type { RunningModel, Server } from '@contract/entities/server'
import { useRoute } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { Section } from '@renderer/components/Section'
import { useNow } from '@renderer/components/use-now'
import rows from '@renderer/components/Rows.module.css'
import classes from './MemorySection.module.css'

const REFRESH_MS = 5000

/** What the server holds in memory now, with the context it was really loaded with, and Fabula's own calls there. */
export function MemorySection({ server }: { server: Server }) {
  const { t } = useTranslation('servers')
  const asks = server.active && server.available === true && !server.needsSecret
  // Nobody says when a server loads a model: what was seen at the last visit is asked for again at once.
  const activity = useRoute(
    'servers.activity',
    { id: server.id },
    { enabled: asks, refetchInterval: REFRESH_MS, staleTime: 0 }
  )
  const now = useNow(asks)
  // A server that went away is said above; what it held before is no longer true.
  if (!asks || !activity.data) return null
  const { models, calls } = activity.data
  const busy = [
    calls.running > 0 && t('memory.running', { count: calls.running }),
    calls.waiting > 0 && t('memory.waiting', { count: calls.waiting }),
  ].filter(Boolean)
  return (
    <Section title={t('memory.title')} text={busy.length > 0 ? busy.join(' · ') : undefined}>
      {models.length === 0 ? (
        <p className={rows.soft}>{t('memory.none')}</p>
      ) : (
        <ul className={rows.rows}>
          {models.map((model) => (
            <MemoryRow key={model.model} model={model} now={now} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function MemoryRow({ model, now }: { model: RunningModel; now: number }) {
  const { t } = useTranslation('servers')
  const format = useFormat()
  const { size, sizeVram, contextLength, expiresAt } = model
  const share = size && sizeVram !== null ? Math.round((sizeVram / size) * 100) : null
  const left = expiresAt === null ? null : Math.round((Date.parse(expiresAt) - now) / 60_000)
  const facts = [
    contextLength !== null && t('memory.context', { tokens: format.number(contextLength) }),
    size !== null && format.bytes(size),
    share !== null && t('memory.graphics', { share }),
    left !== null && left > 0 && left < 1440 && t('memory.left', { count: left }),
  ].filter(Boolean)
  return (
    <li className={rows.row}>
      <span className={rows.name}>{model.model}</span>
      <span className={classes.facts}>{facts.join(' · ')}</span>
    </li>
  )
}
