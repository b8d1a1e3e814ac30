import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconAdjustmentsHorizontal,
  IconArrowBackUp,
  IconBook2,
  IconCompass,
  IconFileExport,
  IconFileImport,
  IconKeyboard,
  IconLanguage,
  IconMoon,
  IconPlus,
  IconSettings,
  IconSun,
  IconTemplate,
  type Icon,
} from '@tabler/icons-react'
import { useComputedColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { freeName, takenAmong } from '@contract/names'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { useLanguage } from '@renderer/components/use-local'
import { usePreferences } from '@renderer/components/use-preferences'
import { useUndoImport } from '@renderer/features/files/use-undo-import'
import { useImport } from '@renderer/domain/files/use-import'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { useShortcuts } from '@renderer/stores/ui-shortcuts'
import { placeGroups } from './places'
import { useWritingCommands } from './use-writing-commands'

const places = [
  ...placeGroups.flat(),
  { to: '/settings', name: 'settings', Icon: IconSettings },
  { to: '/guide', name: 'guide', Icon: IconCompass },
] as const

/** The commands of the palette, in the app's language. */
export function useCommands(): SpotlightActionGroupData[] {
  const { t } = useTranslation('frame')
  const [, navigate] = useLocation()
  const language = useLanguage()
  const scheme = useComputedColorScheme('light')
  const [, change] = usePreferences()
  const stories = useRoute('stories.list', {})
  const presets = useRoute('presets.list', {})
  const templates = useRoute('templates.list', {})
  const importFile = useImport()
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  const undoImport = useUndoImport()

  const command = (id: string, label: string, Icon: Icon, onClick: () => void): SpotlightActionData => ({
    id,
    label,
    leftSection: <Icon size={18} stroke={1.5} aria-hidden />,
    onClick,
  })
  const takeImportBack = () => {
    if (undoImport.last) undoImport.undo(undoImport.last.undoId).catch(notifyError)
  }
  const create = (start: () => Promise<string>) => () => {
    start().then(navigate, notifyError)
  }
  const newStory = create(async () => {
    // Without a preset no model can write: the guide makes the first one.
    if ((await request('presets.list', {})).length === 0) return '/guide'
    return `/stories/${(await request('stories.create', { language })).id}`
  })
  const newPreset = create(
    async () => `/presets/${(await request('presets.create', { name: t('palette.presetName') })).id}`
  )
  const newTemplate = create(async () => {
    const taken = takenAmong((await request('templates.list', {})).map(({ name }) => name))
    const made = await request('templates.create', { name: freeName(t('palette.templateName'), taken) })
    return `/templates/${made.id}/write`
  })
  const other = language === 'en' ? 'ru' : 'en'
  const writing = useWritingCommands()

  return [
    ...(writing.length === 0
      ? []
      : [
          {
            group: t('palette.write'),
            actions: writing.map(({ id, label, Icon, run }) => command(id, label, Icon, run)),
          },
        ]),
    {
      group: t('palette.do'),
      actions: [
        command('new-story', t('palette.newStory'), IconPlus, newStory),
        command('new-preset', t('palette.newPreset'), IconPlus, newPreset),
        command('new-template', t('palette.newTemplate'), IconPlus, newTemplate),
        command('import', t('palette.import'), IconFileImport, importFile),
        command('export', t('palette.export'), IconFileExport, () => exportFrom({ what: 'configuration' })),
        ...(undoImport.last
          ? [
              command(
                'undo-import',
                t('palette.undoImport', { name: undoImport.last.fileName }),
                IconArrowBackUp,
                takeImportBack
              ),
            ]
          : []),
        command(
          'theme',
          t(scheme === 'dark' ? 'palette.light' : 'palette.dark'),
          scheme === 'dark' ? IconSun : IconMoon,
          () => change({ theme: scheme === 'dark' ? 'light' : 'dark' })
        ),
        command('language', t('palette.otherLanguage'), IconLanguage, () => change({ language: other })),
        command('shortcuts', t('shortcuts.title'), IconKeyboard, () => useShortcuts.getState().setOpen(true)),
      ],
    },
    {
      group: t('palette.goTo'),
      actions: places.map(({ to, name, Icon }) => command(to, t(`places.${name}`), Icon, () => navigate(to))),
    },
    {
      group: t('places.stories'),
      actions: (stories.data ?? [])
        .filter(({ archived }) => !archived)
        .map(({ id, title }) => command(id, title, IconBook2, () => navigate(`/stories/${id}`))),
    },
    {
      group: t('places.templates'),
      actions: (templates.data ?? []).map(({ id, name }) =>
        command(id, name, IconTemplate, () => navigate(`/templates/${id}`))
      ),
    },
    {
      group: t('places.presets'),
      actions: (presets.data ?? []).map(({ id, name }) =>
        command(id, name, IconAdjustmentsHorizontal, () => navigate(`/presets/${id}`))
      ),
    },
  ]
}
