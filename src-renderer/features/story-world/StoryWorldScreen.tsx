import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StoryId, WorldEntryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EditorFrame } from '@renderer/components/EditorFrame'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { StoryDifferencesList } from './StoryDifferencesList'
import { StoryEntryEditor } from './StoryEntryEditor'
import { StoryStyleForm } from './StoryStyleForm'
import { TakenWorlds } from './TakenWorlds'
import classes from './StoryWorld.module.css'

export interface StoryWorldScreenProps {
  storyId: StoryId
  /** The entry that is open, as this story has it; without one, what the story takes. */
  entryId?: WorldEntryId | undefined
}

/** What one story takes of worlds, and in what it differs from them. */
export function StoryWorldScreen({ storyId, entryId }: StoryWorldScreenProps) {
  const { t } = useTranslation('worlds')
  const story = useRoute('stories.get', { id: storyId })
  const world = useRoute('storyWorlds.get', { storyId })
  const failed = [story, world].find(({ isError }) => isError)
  if (failed || !story.data || !world.data)
    return (
      <>
        <PageHeader title={t('story.title')} />
        {failed ? (
          <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
        ) : (
          <LoadingRows rows={6} height={52} />
        )}
      </>
    )
  const back = entryId ? `/stories/${storyId}/world` : `/stories/${storyId}`
  const backLabel = t(entryId ? 'story.toWorld' : 'story.toStory')
  return (
    <EditorFrame
      label={t('story.title')}
      title={
        <div className={classes.title}>
          <Tooltip label={backLabel}>
            <ActionIcon component={Link} href={back} variant="subtle" color="gray" aria-label={backLabel}>
              <IconArrowLeft size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <div>
            <h1 className={classes.heading}>{story.data.title}</h1>
            <p className={classes.facts}>{t('story.title')}</p>
          </div>
        </div>
      }
    >
      {entryId ? (
        <StoryEntryEditor key={entryId} storyId={storyId} entryId={entryId} />
      ) : (
        <>
          <TakenWorlds world={world.data} />
          <StoryStyleForm world={world.data} />
          <StoryDifferencesList world={world.data} />
        </>
      )}
    </EditorFrame>
  )
}
