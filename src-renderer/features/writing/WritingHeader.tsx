import { IconArrowBackUp, IconArrowForwardUp, IconLayoutSidebarRight, IconMaximize } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Story } from '@contract/entities/story'
import { useRoute } from '@renderer/api/queries'
import { IconButton } from '@renderer/components/IconButton'
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
  return (
    <PageHeader title={<StoryTitle story={story} />}>
      <SaveState state={saved} />
      <IconButton
        label={t('header.undo')}
        keys={undoKeys.undo}
        size={32}
        className={classes.step}
        aria-keyshortcuts="Control+Z Meta+Z"
        disabled={!canUndo}
        onClick={() => onStep('undo')}
      >
        <IconArrowBackUp size={18} stroke={1.5} aria-hidden />
      </IconButton>
      <IconButton
        label={t('header.redo')}
        keys={undoKeys.redo}
        size={32}
        className={classes.step}
        aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
        disabled={!canRedo}
        onClick={() => onStep('redo')}
      >
        <IconArrowForwardUp size={18} stroke={1.5} aria-hidden />
      </IconButton>
      <IconButton label={t('header.focus')} size={32} onClick={() => useFocusMode.getState().setOn(true)}>
        <IconMaximize size={18} stroke={1.5} aria-hidden />
      </IconButton>
      <IconButton
        label={t(castOpen ? 'header.hideCast' : 'header.showCast')}
        size={32}
        aria-expanded={castOpen}
        onClick={onToggleCast}
      >
        <IconLayoutSidebarRight size={18} stroke={1.5} aria-hidden />
      </IconButton>
    </PageHeader>
  )
}
