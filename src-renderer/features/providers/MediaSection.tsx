import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { mediaKindsOf } from '@contract/provider-kinds'
import { Section } from '@renderer/components/Section'
import { SectionLink } from '@renderer/components/SectionLink'
import rows from '@renderer/components/Rows.module.css'

/** What a provider makes beside words, and the way to the place where it is chosen for that. */
export function MediaSection({ provider }: { provider: Provider }) {
  const { t } = useTranslation('providers')
  return (
    <Section title={t('media.title')} actions={<SectionLink href="/media">{t('media.open')}</SectionLink>}>
      <p className={rows.soft}>
        {mediaKindsOf(provider)
          .map((kind) => t(`media.${kind}`))
          .join(' · ')}
      </p>
    </Section>
  )
}
