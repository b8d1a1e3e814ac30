import { useTranslation } from 'react-i18next'
import type { ImportReport } from '@contract/routes/files'

const kinds = ['characters', 'lore', 'stories', 'templates', 'presets', 'modelConfigs', 'providers'] as const

/** Says in sentences what an import brought, and where that is now. */
export function useBrought(): (report: ImportReport) => string[] {
  const { t } = useTranslation('files')
  return ({ characters, lore, stories, templates, presets, modelConfigs, providers, world, takenBy }) => {
    const counts = {
      characters: characters.length,
      lore,
      stories: stories.length,
      templates: templates.length,
      presets: presets.length,
      modelConfigs: modelConfigs.length,
      providers: providers.length,
    }
    const what = kinds.filter((kind) => counts[kind] > 0).map((kind) => t(`done.${kind}`, { count: counts[kind] }))
    return [
      ...(what.length > 0 ? [t('done.summary', { what: what.join(', ') })] : []),
      ...(world && !takenBy ? [t('done.world', { name: world.name })] : []),
      ...(world && takenBy ? [t('done.takenBy', { name: world.name, title: takenBy.title })] : []),
    ]
  }
}
