import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StorySummary } from '@contract/entities/story'
import { useFormat } from '@renderer/components/format'
import { UnreadableMark } from '@renderer/components/UnreadableNote'
import { StoryMenu } from './StoryMenu'
import classes from './StoriesScreen.module.css'

export interface StoryRowProps {
  story: StorySummary
  onRename: () => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/** As much as main gives of the end of a passage, in characters. */
const EXCERPT = 200

/** The last words, from a whole word on. */
function endOf(excerpt: string): string {
  const text = excerpt.replaceAll('*', '').trim()
  return excerpt.length < EXCERPT ? text : `…${text.replace(/^\S*\s+/, '')}`
}

/** One story: its name, its last words, and what is known about it. */
export function StoryRow({ story, onRename, onKeyDown }: StoryRowProps) {
  const { t } = useTranslation('stories')
  const format = useFormat()
  const lastWords = endOf(story.excerpt)
  return (
    <li className={classes.row} data-archived={story.archived || undefined}>
      <Link className={classes.link} href={`/stories/${story.id}`} data-row onKeyDown={onKeyDown}>
        <span className={classes.title}>{story.title}</span>
        {lastWords !== '' && <span className={classes.excerpt}>{lastWords}</span>}
        <span className={classes.facts}>
          {story.unreadable && (
            <span className={classes.fact}>
              <UnreadableMark parts={story.unreadable} />
            </span>
          )}
          {story.archived && <span className={classes.fact}>{t('archived.word')}</span>}
          <span className={classes.fact}>{story.presetName}</span>
          <span className={classes.fact}>
            {t('passages', { count: story.passages, shown: format.number(story.passages) })}
          </span>
          <time className={classes.fact} dateTime={story.updatedAt} title={format.moment(story.updatedAt)}>
            {format.ago(story.updatedAt)}
          </time>
        </span>
      </Link>
      <StoryMenu story={story} onRename={onRename} />
    </li>
  )
}
