import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { RoleId, StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { differencesOf } from '@renderer/components/role-form/differences'
import { SaveState } from '@renderer/components/SaveState'
import { SaveAsPreset } from '@renderer/components/story-preset/SaveAsPreset'
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
  const differences = settings?.roles.flatMap(differencesOf).length ?? 0
  const error = story.error ?? draft.loadError

  return (
    <>
      <PageHeader
        title={
          <span className={classes.back}>
            <Tooltip label={t('back')}>
              <ActionIcon
                component={Link}
                href={`/stories/${storyId}`}
                variant="subtle"
                color="gray"
                size={32}
                aria-label={t('back')}
              >
                <IconArrowLeft size={18} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>{' '}
            {t('title')}
          </span>
        }
      >
        {settings && <SaveState state={draft.state} />}
        {settings && differences > 0 && (
          <>
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
              onClick={() => draft.reset()}
            >
              {t('resetStory')}
            </Button>
            {story.data && <SaveAsPreset story={story.data} presetName={settings.presetName} />}
          </>
        )}
      </PageHeader>
      <div className={classes.scroller}>
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
        {!error && story.data && settings && (
          <StorySettingsEditor
            story={story.data}
            settings={settings}
            differences={differences}
            role={role}
            draft={draft}
          />
        )}
        {!error && !(story.data && settings) && <LoadingRows rows={6} height={52} />}
      </div>
    </>
  )
}
