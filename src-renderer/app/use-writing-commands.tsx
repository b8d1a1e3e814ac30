import {
  IconAdjustmentsHorizontal,
  IconFileText,
  IconLayoutSidebarRight,
  IconListSearch,
  IconListTree,
  IconMaximize,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconRefresh,
  IconSparkles,
  IconTemplate,
  IconZoomCode,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { TurnKind } from '@contract/entities/turn'
import { StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { notifyError } from '@renderer/components/notify'
import { usePreferences } from '@renderer/components/use-preferences'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { useFocusMode } from '@renderer/stores/ui-focus'
import { useInspector } from '@renderer/stores/ui-inspector'
import { useTemplateDialog } from '@renderer/stores/template-dialog'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { makeMedia } from './make-media'

export interface WritingCommand {
  id: string
  label: string
  Icon: Icon
  run: () => void
}

/** What can be done with the story that is open to be written; nothing where none is. */
export function useWritingCommands(): WritingCommand[] {
  const { t } = useTranslation('writing')
  const settings = useTranslation('story-settings').t
  const inspector = useTranslation('inspector').t
  const files = useTranslation('files').t
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  const generations = useTranslation('generations').t
  const media = useTranslation('media').t
  const show = useInspector((state) => state.show)
  const [place, navigate] = useLocation()
  const [preferences, change] = usePreferences()
  const focus = useFocusMode()
  const [, section, id, deeper] = place.split('/')
  const story = section === 'stories' && deeper === undefined ? StoryId.safeParse(id).data : undefined
  const running = useTurnStore((state) => story !== undefined && state.turns[story]?.phase === 'running')
  if (story === undefined) return []

  const start = (kind: TurnKind) => () => {
    request('turns.start', { storyId: story, kind }).catch(notifyError)
  }
  const inspectLast = () => {
    request('turns.last', { storyId: story }).then(
      (last) => last && show({ kind: 'turn', storyId: story, turnId: last.id }),
      notifyError
    )
  }
  const turns: WritingCommand[] = running
    ? [
        {
          id: 'stop',
          label: t('composer.stop'),
          Icon: IconPlayerStop,
          run: () => void request('turns.stop', { storyId: story }).catch(notifyError),
        },
      ]
    : [
        { id: 'retry', label: t('composer.retry'), Icon: IconRefresh, run: start('retry') },
        { id: 'continue', label: t('composer.continue'), Icon: IconPlayerTrackNext, run: start('continue') },
      ]
  return [
    ...turns,
    {
      id: 'template',
      label: generations('dialog.title'),
      Icon: IconTemplate,
      run: () => useTemplateDialog.getState().open(story),
    },
    {
      id: 'make-media',
      label: media('make.command'),
      Icon: IconSparkles,
      run: () => void makeMedia(story).catch(notifyError),
    },
    {
      id: 'dry-run',
      label: inspector('dryRun.command'),
      Icon: IconListSearch,
      run: () => show({ kind: 'dryRun', storyId: story }),
    },
    { id: 'inspect', label: inspector('last'), Icon: IconZoomCode, run: inspectLast },
    {
      id: 'summaries',
      label: t('summaries.command'),
      Icon: IconListTree,
      run: () => show({ kind: 'summaries', storyId: story }),
    },
    {
      id: 'focus',
      label: t(focus.on ? 'header.leaveFocus' : 'header.focus'),
      Icon: IconMaximize,
      run: () => focus.setOn(!focus.on),
    },
    {
      id: 'cast',
      label: t(preferences.castOpen ? 'header.hideCast' : 'header.showCast'),
      Icon: IconLayoutSidebarRight,
      run: () => change({ castOpen: !preferences.castOpen }),
    },
    {
      id: 'export-text',
      label: files('text.title'),
      Icon: IconFileText,
      run: () => exportFrom({ what: 'text', storyId: story }),
    },
    {
      id: 'story-settings',
      label: settings('title'),
      Icon: IconAdjustmentsHorizontal,
      run: () => navigate(`/stories/${story}/settings`),
    },
  ]
}
