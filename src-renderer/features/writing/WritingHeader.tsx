import { ActionIcon, Tooltip } from '@mantine/core'
import { IconLayoutSidebarRight, IconMaximize } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Story } from '@contract/entities/story'
import { PageHeader } from '@renderer/components/PageHeader'
import { SaveState } from '@renderer/components/SaveState'
import { useDraftStore } from '@renderer/stores/writing-draft'
import { useFocusMode } from '@renderer/stores/ui-focus'
import { StoryTitle } from './StoryTitle'

export interface WritingHeaderProps {
  story: Story
  castOpen: boolean
  onToggleCast: () => void
}

/** Above the page: the story's name, whether all is saved, and what can be hidden. */
export function WritingHeader({ story, castOpen, onToggleCast }: WritingHeaderProps) {
  const { t } = useTranslation('writing')
  const saved = useDraftStore((state) => state.drafts[story.id]?.state ?? 'saved')
  const castLabel = t(castOpen ? 'header.hideCast' : 'header.showCast')
  return (
    <PageHeader title={<StoryTitle story={story} />}>
      <SaveState state={saved} />
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
