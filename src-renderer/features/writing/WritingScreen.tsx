import { Button, VisuallyHidden } from '@mantine/core'
import { usePrefetchQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { endQuery } from './use-passages'
import { useFollowTurn } from './use-turn'
import { WritingView } from './WritingView'
import classes from './WritingScreen.module.css'

/** One story, open to be read and written. */
export function WritingScreen({ storyId }: { storyId: StoryId }) {
  const { t } = useTranslation('writing')
  const story = useRoute('stories.get', { id: storyId })
  useFollowTurn(storyId)
  // Asked for at once, not when the story's name is known.
  usePrefetchQuery(endQuery(storyId))

  if (story.data) return <WritingView story={story.data} />
  if (story.isPending) return <LoadingRows rows={6} height={58} />
  return (
    <div className={classes.problem}>
      <VisuallyHidden component="h1">{t('gone')}</VisuallyHidden>
      <ErrorNotice error={story.error} onRetry={story.error.retryable ? () => void story.refetch() : undefined} />
      <Button variant="default" component={Link} href="/stories">
        {t('toStories')}
      </Button>
    </div>
  )
}
