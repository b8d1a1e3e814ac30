import { Text } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { FoundStory } from './FoundStory'
import classes from './StoriesScreen.module.css'

/** Milliseconds between two looks at a search that has yet to take in passages. */
const WAITING_MS = 1000

/** Stories in which the words stand, each with the places, all of which can be reached; each opens its story there. */
export function SearchResults({ text }: { text: string }) {
  const { t } = useTranslation('stories')
  const format = useFormat()
  const { data, error, isPending, refetch } = useRoute(
    'stories.search',
    { text },
    {
      // The last results stay while the next ones come: the list does not flicker as one types.
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? WAITING_MS : false),
    }
  )
  if (isPending) return <LoadingRows rows={4} height={64} />
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  const { stories, found, places, waiting } = data
  const count =
    found === 0
      ? t('search.none', { text })
      : t('search.found', {
          places: t('search.places', { count: places, shown: format.number(places) }),
          stories: t('search.stories', { count: found, shown: format.number(found) }),
        })
  return (
    <>
      <Text c="dimmed" size="sm" role="status" className={classes.count}>
        {count}
        {waiting > 0 && <> {t('search.waiting', { count: waiting, shown: format.number(waiting) })}</>}
      </Text>
      <ul className={classes.list} aria-label={t('search.results')}>
        {stories.map((story) => (
          <FoundStory key={story.storyId} story={story} text={text} />
        ))}
      </ul>
      {found > stories.length && (
        <Text c="dimmed" size="sm" className={classes.count}>
          {t('search.more', { count: found - stories.length, shown: format.number(found - stories.length) })}
        </Text>
      )}
    </>
  )
}
