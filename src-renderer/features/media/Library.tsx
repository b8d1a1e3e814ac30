import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMusic, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { MediaSummary } from '@contract/entities/media'
import { StageId, StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { FilterSelect } from '@renderer/components/FilterSelect'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { MediaRow } from '@renderer/domain/media/MediaRow'
import { useMediaList } from '@renderer/domain/media/use-media-list'
import { useStages } from '@renderer/domain/media/use-stages'
import { useTargetStore } from '@renderer/stores/writing-target'
import classes from './MediaScreen.module.css'

const SEARCH_MS = 200

/** All that was made and is being made, found by what it is, its story and its words. */
export function Library() {
  const { t } = useTranslation('media')
  const { stages, nameOf } = useStages()
  const stories = useRoute('stories.list', {}).data ?? []
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), SEARCH_MS)
  const [stage, setStage] = useState<StageId | null>(null)
  const [storyId, setStoryId] = useState<StoryId | null>(null)
  const filter = {
    ...(stage !== null && { stage }),
    ...(storyId !== null && { storyId }),
    ...(search !== '' && { search }),
  }
  const isNarrow = Object.keys(filter).length > 0
  const { media, error, refetch, readMore, reading } = useMediaList(filter)
  const isEmpty = media?.length === 0 && !isNarrow
  return (
    <section className={classes.library} aria-label={t('library.title')}>
      <h2 className={classes.libraryTitle}>{t('library.title')}</h2>
      {!isEmpty && (
        <div className={classes.filters} role="search">
          <TextInput
            size="xs"
            className={classes.search}
            aria-label={t('library.search')}
            placeholder={t('library.search')}
            leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <FilterSelect
            className={classes.choice}
            label={t('library.kind')}
            data={stages.map(({ id }) => ({ value: id, label: nameOf(id) }))}
            value={stage}
            onChange={(value) => setStage(StageId.safeParse(value).data ?? null)}
          />
          {stories.length > 0 && (
            <FilterSelect
              className={classes.choice}
              label={t('library.story')}
              data={stories.map(({ id, title }) => ({ value: id, label: title }))}
              value={storyId}
              onChange={(value) => setStoryId(StoryId.safeParse(value).data ?? null)}
            />
          )}
        </div>
      )}
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!media && !error && <LoadingRows rows={3} height={56} />}
      {isEmpty && (
        <EmptyState
          icon={<IconMusic size={28} stroke={1.4} />}
          text={t('library.empty')}
          action={
            <Button variant="default" component={Link} href="/stories">
              {t('library.toStories')}
            </Button>
          }
        />
      )}
      {media?.length === 0 && isNarrow && <p className={classes.help}>{t('form.nothing')}</p>}
      {media && media.length > 0 && (
        <ul className={classes.rows} aria-label={t('library.title')} aria-busy={reading}>
          {media.map((one) => (
            <MediaRow key={one.id} media={one} where={<Where media={one} />} />
          ))}
        </ul>
      )}
      {readMore && (
        <Button className={classes.more} variant="default" size="compact-md" loading={reading} onClick={readMore}>
          {t('library.more')}
        </Button>
      )}
    </section>
  )
}

/** The story that it is made for; a press shows the passage. */
function Where({ media: { storyId, messageId, storyTitle } }: { media: MediaSummary }) {
  const { t } = useTranslation('media')
  if (storyId === null || storyTitle === null) return <span className={classes.where}>{t('library.noStory')}</span>
  return (
    <Link
      href={`/stories/${storyId}`}
      className={classes.where}
      title={storyTitle}
      onClick={() => {
        if (messageId !== null) useTargetStore.getState().show(storyId, messageId)
      }}
    >
      {storyTitle}
    </Link>
  )
}
