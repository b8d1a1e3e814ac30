import { useMergedRef } from '@mantine/hooks'
import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoryId } from '@contract/ids'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { Passage } from './Passage'
import { useReachPassages } from './use-reach-passages'
import type { VirtualPassages } from './use-virtual-passages'
import classes from './Passages.module.css'

/** Lines of the writer that may stand before the first passage of a chapter. */
const MOST_LINES = 8

export interface PassagesProps extends VirtualPassages {
  storyId: StoryId
}

/** The passages that are in the window, as running text. It renders when others come into it, or one of them changes. */
export const Passages = memo(function Passages({ storyId, passages, virtual, drawn, height }: PassagesProps) {
  const { t } = useTranslation('writing')
  const feed = useRef<HTMLDivElement>(null)
  useReachPassages(feed)
  const liveId = useTurnStore((state) => state.turns[storyId]?.messageId)
  const { length = 0, end = [], at } = passages
  const lastId = end.findLast(({ author, text }) => author === 'story' || text !== '')?.id
  return (
    <div
      ref={useMergedRef(feed, virtual.containerRef)}
      className={classes.feed}
      {...(length > 0 && { role: 'feed', 'aria-label': t('page.label') })}
    >
      {drawn.map((index) => {
        const message = at(index)
        return (
          <div
            // The place, not the passage: another alternative takes it without losing the focus or moving the page.
            key={index}
            ref={virtual.measureElement}
            data-index={index}
            className={classes.place}
          >
            {message && (
              <Passage
                message={message}
                live={message.id === liveId}
                first={message.author === 'story' && isOpening(index)}
                last={message.id === lastId}
                length={length}
              />
            )}
            {message === undefined && <div className={classes.unread} style={{ height }} aria-hidden />}
          </div>
        )
      })}
    </div>
  )

  /** Whether nothing that a model wrote stands before a place in its chapter. */
  function isOpening(index: number): boolean {
    // Only the nearest places are looked at: a chapter whose beginning is lines alone has no drop cap.
    for (let before = index - 1; before >= Math.max(0, index - MOST_LINES); before -= 1) {
      const one = at(before)
      if (one?.chapterEnd !== undefined) return true
      if (one !== null && one?.author !== 'writer') return false
    }
    return index <= MOST_LINES
  }
})
