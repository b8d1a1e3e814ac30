import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMusic, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { MediaSummary } from '@contract/entities/media'
import { StageId, StoryId, type MediaId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { FilterSelect } from '@renderer/components/FilterSelect'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageRows } from '@renderer/components/PageRows'
import { MediaRow } from '@renderer/domain/media/MediaRow'
import { useMediaList } from '@renderer/domain/media/use-media-list'
import { useStages } from '@renderer/domain/media/use-stages'
import { useTargetStore } from '@renderer/stores/writing-target'
import classes from './MediaScreen.module.css'

const SEARCH_MS = 200
/** Pixels of a folded row. */
const ROW = 75

/** All that was made and is being made, found by what it is, its story and its words. */
export function Library() {
  const { t } = useTranslation('media')
  const { stages, nameOf } = useStages()
  const stories = useRoute('stories.list', {}).data ?? []
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), SEARCH_MS)
  const [stage, setStage] = useState<StageId | null>(null)
  const [storyId, setStoryId] = useState<StoryId | null>(null)
  // What was played goes on, or rests where it was, when it leaves the window.
  const [played, setPlayed] = useState<ReadonlySet<MediaId>>(new Set())
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
        <PageRows
          label={t('library.title')}
          items={media}
          keyOf={({ id }) => id}
          rowHeight={ROW}
          grows
          stays={({ id }) => played.has(id)}
          {...(readMore && { onNearEnd: readMore })}
        >
          {(one) => (
            <MediaRow
              as="div"
              media={one}
              where={<Where media={one} />}
              onPlaying={(playing) => playing && setPlayed((before) => new Set(before).add(one.id))}
            />
          )}
        </PageRows>
      )}
      {reading && <LoadingRows rows={1} height={56} />}
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
