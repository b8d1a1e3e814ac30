import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { RoleId, StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { StorySettingsEditor } from './StorySettingsEditor'
import { useStorySettings } from './use-story-settings'
import classes from './StorySettings.module.css'

interface Props {
  storyId: StoryId
  /** The role that is open; the first one when absent. */
  role?: RoleId | undefined
}

/** Everything that one story works with, and in what it differs from its preset. */
export function StorySettingsScreen({ storyId, role }: Props) {
  const { t } = useTranslation('story-settings')
  const story = useRoute('stories.get', { id: storyId })
  const draft = useStorySettings(storyId)
  const { settings } = draft
  const error = story.error ?? draft.loadError

  if (!error && story.data && settings) {
    return <StorySettingsEditor story={story.data} settings={settings} role={role} draft={draft} />
  }
  return (
    <>
      <PageHeader title={t('title')} />
      {!error && <LoadingRows rows={6} height={52} />}
      {error && (
        <div className={classes.problem}>
          <ErrorNotice
            error={error}
            onRetry={() => {
              if (story.error) void story.refetch()
              if (draft.loadError) draft.reload()
            }}
          />
          <Button variant="default" component={Link} href="/stories">
            {t('toStories')}
          </Button>
        </div>
      )}
    </>
  )
}
