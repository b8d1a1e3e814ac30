import { useTranslation } from 'react-i18next'
import type { PresetSummary } from '@contract/entities/preset'
import { SideList } from '@renderer/components/SideList'

interface Props {
  presets: readonly PresetSummary[]
  openId: string | undefined
}

/** All presets, with what is said of each in a few words. */
export function PresetList({ presets, openId }: Props) {
  const { t } = useTranslation('presets')
  return (
    <SideList
      label={t('title')}
      searchLabel={t('list.search')}
      nothing={t('list.nothing')}
      openId={openId}
      items={presets.map(({ id, name, isDefault, stories }) => ({
        id,
        name,
        href: `/presets/${id}`,
        facts: [isDefault ? t('list.default') : null, t('list.stories', { count: stories })]
          .filter(Boolean)
          .join(' · '),
      }))}
    />
  )
}
