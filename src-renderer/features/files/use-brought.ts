import { useTranslation } from 'react-i18next'
import type { ImportReport } from '@contract/routes/files'

const kinds = ['characters', 'lore', 'stories', 'presets', 'modelConfigs', 'providers'] as const

/** Says in a sentence how much an import brought. */
export function useBrought(): (report: ImportReport) => string {
  const { t } = useTranslation('files')
  return ({ characters, lore, stories, presets, modelConfigs, providers }) => {
    const counts = {
      characters: characters.length,
      lore,
      stories: stories.length,
      presets: presets.length,
      modelConfigs: modelConfigs.length,
      providers: providers.length,
    }
    const what = kinds.filter((kind) => counts[kind] > 0).map((kind) => t(`done.${kind}`, { count: counts[kind] }))
    return t('done.summary', { what: what.join(', ') })
  }
}
