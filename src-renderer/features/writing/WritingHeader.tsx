import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconLayoutSidebarRight, IconMaximize } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Story } from '@contract/entities/story'
import { useRoute } from '@renderer/api/queries'
import { PageHeader } from '@renderer/components/PageHeader'
import { SaveState } from '@renderer/components/SaveState'
import { useFocusMode } from '@renderer/stores/ui-focus'
import { useDraftSaved } from './composer-drafts'
import { usePassagesSaved } from './passage-saves'
import { StoryTitle } from './StoryTitle'
import { undoKeys } from './undo-keys'
import { useTurnRunning } from './use-turn'
import classes from './WritingHeader.module.css'

export interface WritingHeaderProps {
  story: Story
  castOpen: boolean
  onToggleCast: () => void
  onStep: (direction: 'undo' | 'redo') => void
}

/** Above the page: the story's name, whether all is saved, and what can be hidden. */
export function WritingHeader({ story, castOpen, onToggleCast, onStep }: WritingHeaderProps) {
  const { t } = useTranslation('writing')
  const draft = useDraftSaved(story.id)
  const passages = usePassagesSaved(story.id)
  const saved = [draft, passages].find((state) => state === 'failed') ?? (draft === 'saved' ? passages : draft)
  const running = useTurnRunning(story.id)
  const can = useRoute('stories.undoState', { id: story.id }).data
  // What is being typed can be undone before main knows of it.
  const canUndo = !running && (passages !== 'saved' || (can !== undefined && can.undo !== null))
  const canRedo = !running && can !== undefined && can.redo !== null
  const castLabel = t(castOpen ? 'header.hideCast' : 'header.showCast')
  return (
    <PageHeader title={<StoryTitle story={story} />}>
      <SaveState state={saved} />
      <Tooltip label={`${t('header.undo')} ${undoKeys.undo}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          className={classes.step}
          aria-label={t('header.undo')}
          aria-keyshortcuts="Control+Z Meta+Z"
          disabled={!canUndo}
          onClick={() => onStep('undo')}
        >
          <IconArrowBackUp size={18} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t('header.redo')} ${undoKeys.redo}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          className={classes.step}
          aria-label={t('header.redo')}
          aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
          disabled={!canRedo}
          onClick={() => onStep('redo')}
        >
          <IconArrowForwardUp size={18} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('header.focus')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('header.focus')}
          onClick={() => useFocusMode.getState().setOn(true)}
        >
          <IconMaximize size={18} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={castLabel}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={castLabel}
          aria-expanded={castOpen}
          onClick={onToggleCast}
        >
          <IconLayoutSidebarRight size={18} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </PageHeader>
  )
}
