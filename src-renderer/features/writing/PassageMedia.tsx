import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaSummary } from '@contract/entities/media'
import type { Message } from '@contract/entities/story'
import type { MessageId } from '@contract/ids'
import { mediaPages } from '@renderer/domain/media/use-media-list'
import { MediaRow } from '@renderer/domain/media/MediaRow'
import { useReachedStore } from '@renderer/stores/writing-reached'
import classes from './PassageMedia.module.css'

type Pages = InfiniteData<readonly MediaSummary[]>

/** What was made of a passage, under it. Read once for the whole story, when its text has been painted. */
export function PassageMedia({ message }: { message: Message }) {
  const drawn = useDeferredValue(true, false)
  return drawn && <Made message={message} />
}

function Made({ message: { id, storyId, position } }: { message: Message }) {
  const { t } = useTranslation('media')
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    ...mediaPages({ storyId }),
    // A passage is drawn anew when something of its own has changed, and at no other.
    select: useCallback((all: Pages) => ofPassage(all, id), [id]),
  })
  // Its oldest may be on the last page.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  if (!data || data.length === 0) return null
  return (
    <ul className={classes.made} aria-label={t('ofPassage')}>
      {data.map((media) => (
        <MediaRow
          key={media.id}
          media={media}
          onPlaying={(playing) => useReachedStore.setState({ playingAt: playing ? position : null })}
        />
      ))}
    </ul>
  )
}

/** The oldest first: a poem stands over the song that was made of it. */
const ofPassage = ({ pages }: Pages, id: MessageId): MediaSummary[] =>
  pages
    .flat()
    .filter(({ messageId }) => messageId === id)
    .toReversed()
