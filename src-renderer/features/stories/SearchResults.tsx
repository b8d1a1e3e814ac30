import { Text } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { useTargetStore } from '@renderer/stores/writing-target'
import { Marked } from './Marked'
import { stepThroughLinks } from './step-through-links'
import classes from './StoriesScreen.module.css'

/** Places where the words stand, in all stories; each opens its story there. */
export function SearchResults({ text }: { text: string }) {
  const { t } = useTranslation('stories')
  const { data, error, isPending, refetch } = useRoute(
    'stories.search',
    { text },
    // The last results stay while the next ones come: the list does not flicker as one types.
    { placeholderData: keepPreviousData }
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => stepThroughLinks(event)
  if (isPending) return <LoadingRows rows={4} height={64} />
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  return (
    <>
      <Text c="dimmed" size="sm" role="status" className={classes.count}>
        {data.length === 0 ? t('search.none', { text }) : t('search.found', { count: data.length })}
      </Text>
      <ul className={classes.list} aria-label={t('search.results')}>
        {data.map(({ storyId, storyTitle, messageId, snippet }) => (
          <li key={`${storyId} ${messageId}`} className={classes.row}>
            <Link
              className={classes.link}
              href={`/stories/${storyId}`}
              data-row
              onKeyDown={onKeyDown}
              onClick={() => messageId && useTargetStore.getState().show(storyId, messageId)}
            >
              <span className={classes.title}>{messageId ? storyTitle : <Marked text={snippet} />}</span>
              {messageId && (
                <span className={classes.snippet}>
                  <Marked text={snippet} />
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
