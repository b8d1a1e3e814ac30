import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Provider } from '@contract/entities/provider'
import { mediaKindsOf } from '@contract/provider-kinds'
import { Section } from '@renderer/components/Section'
import rows from '@renderer/components/Rows.module.css'

/** What a provider makes beside words, and the way to the place where it is chosen for that. */
export function MediaSection({ provider }: { provider: Provider }) {
  const { t } = useTranslation('providers')
  return (
    <Section
      title={t('media.title')}
      actions={
        <Button
          component={Link}
          href="/media"
          variant="default"
          size="xs"
          rightSection={<IconArrowRight size={14} aria-hidden />}
        >
          {t('media.open')}
        </Button>
      }
    >
      <p className={rows.soft}>
        {mediaKindsOf(provider)
          .map((kind) => t(`media.${kind}`))
          .join(' · ')}
      </p>
    </Section>
  )
}
