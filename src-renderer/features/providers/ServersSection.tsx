import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { Section } from '@renderer/components/Section'
import { SectionLink } from '@renderer/components/SectionLink'
import rows from '@renderer/components/Rows.module.css'

/** Ollama's servers in a line, and the way to the place where they are kept. */
export function ServersSection() {
  const { t } = useTranslation('providers')
  const servers = useRoute('servers.list', {})
  const up = servers.data?.filter(({ available, active }) => available && active).length ?? 0
  const words = () => {
    if (servers.data?.length === 0) return t('servers.none')
    return [
      t('list.servers', { count: servers.data?.length ?? 0 }),
      up === 0 ? t('servers.foundNone') : t('servers.found', { count: up }),
    ].join(' · ')
  }
  return (
    <Section title={t('servers.title')} actions={<SectionLink href="/servers">{t('servers.open')}</SectionLink>}>
      {servers.isPending && <LoadingRows rows={1} />}
      {servers.error && <ErrorNotice error={servers.error} onRetry={() => void servers.refetch()} />}
      {servers.data && <p className={rows.soft}>{words()}</p>}
    </Section>
  )
}
