import { UnstyledButton } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SearchedStory, SearchPlace } from '@contract/entities/search'
import type { MessageId, StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { useStorySearch } from '@renderer/stores/story-search'
import { useTargetStore } from '@renderer/stores/writing-target'
import { Marked } from './Marked'
import { stepThroughLinks } from './step-through-links'
import classes from './FoundStory.module.css'

/** Places that are read at once. */
const PAGE = 50

/** A story with the places where the words stand: the first ones, and page after page of the others. */
export function FoundStory({ story, text }: { story: SearchedStory; text: string }) {
  const { t } = useTranslation('stories')
  const format = useFormat()
  const pages = useStorySearch((state) => state.pages.get(story.storyId) ?? 0)
  const { storyId, title, places, first } = story
  const shown = pages === 0 ? first.length : Math.min(pages * PAGE, places)
  return (
    <li className={classes.story}>
      <ResultLink className={classes.head} storyId={storyId} messageId={null}>
        <span className={classes.title}>
          <Marked text={title} />
        </span>
        <span className={classes.facts}>
          {[
            ...(story.archived ? [t('archived.word')] : []),
            t('search.places', { count: places, shown: format.number(places) }),
            t('passages', { count: story.passages, shown: format.number(story.passages) }),
          ].join(' · ')}
        </span>
      </ResultLink>
      {places > 0 && (
        <ol className={classes.places}>
          {pages === 0 && first.map((place) => <Place key={place.messageId} storyId={storyId} place={place} />)}
          {Array.from({ length: pages }, (_, page) => page * PAGE).map((from) => (
            <PlacePage key={from} storyId={storyId} text={text} from={from} />
          ))}
        </ol>
      )}
      {shown < places && (
        <UnstyledButton
          className={classes.more}
          data-row
          onKeyDown={stepThroughLinks}
          onClick={() => useStorySearch.getState().showMore(storyId)}
        >
          {t('search.showMore', { count: places - shown, shown: format.number(places - shown) })}
        </UnstyledButton>
      )}
    </li>
  )
}

function PlacePage({ storyId, text, from }: { storyId: StoryId; text: string; from: number }) {
  const { data } = useRoute(
    'stories.searchPlaces',
    { text, storyId, first: from, limit: PAGE },
    { placeholderData: keepPreviousData }
  )
  return data?.map((place) => <Place key={place.messageId} storyId={storyId} place={place} />)
}

function Place({ storyId, place: { messageId, number, snippet } }: { storyId: StoryId; place: SearchPlace }) {
  const { t } = useTranslation('stories')
  const format = useFormat()
  return (
    <li>
      <ResultLink className={classes.place} storyId={storyId} messageId={messageId}>
        <span className={classes.number}>{t('search.number', { shown: format.number(number) })}</span>
        <span className={classes.snippet}>
          <Marked text={snippet} />
        </span>
      </ResultLink>
    </li>
  )
}

interface ResultLinkProps {
  className: string | undefined
  storyId: StoryId
  messageId: MessageId | null
  children: ReactNode
}

/** Opens a story, at a passage or at its end. Who comes back finds the focus on it again. */
function ResultLink({ className, storyId, messageId, children }: ResultLinkProps) {
  const link = useRef<HTMLAnchorElement>(null)
  const key = messageId ?? storyId
  useEffect(() => {
    const { opened, cameBack } = useStorySearch.getState()
    if (opened !== key) return
    cameBack()
    link.current?.focus()
  }, [key])
  const open = () => {
    useStorySearch.getState().open(key)
    if (messageId) useTargetStore.getState().show(storyId, messageId)
  }
  return (
    <Link
      ref={link}
      className={className}
      href={`/stories/${storyId}`}
      data-row
      onKeyDown={stepThroughLinks}
      onClick={open}
    >
      {children}
    </Link>
  )
}
