import type { Virtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoryId } from '@contract/ids'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { Passage } from './Passage'
import type { Passages as ReadPassages } from './use-passages'
import { useReachPassages } from './use-reach-passages'
import { ABOVE } from './use-virtual-passages'
import classes from './Passages.module.css'

/** Lines of the writer that may stand before the first passage of a chapter. */
const MOST_LINES = 8

export interface PassagesProps {
  storyId: StoryId
  passages: ReadPassages
  virtual: Virtualizer<HTMLDivElement, HTMLDivElement>
  /** Pixels of a place that is not read yet. */
  height: number
}

/** The passages that are in the window, as running text. */
export function Passages({ storyId, passages, virtual, height }: PassagesProps) {
  const { t } = useTranslation('writing')
  const feed = useRef<HTMLDivElement>(null)
  useReachPassages(feed)
  const liveId = useTurnStore((state) => state.turns[storyId]?.messageId)
  const { length = 0, end = [], at } = passages
  const lastId = end.findLast(({ author, text }) => author === 'story' || text !== '')?.id
  const rows = virtual.getVirtualItems()
  return (
    <div
      ref={feed}
      className={classes.feed}
      style={{ height: virtual.getTotalSize() }}
      {...(length > 0 && { role: 'feed', 'aria-label': t('page.label') })}
    >
      {rows.map(({ index, key, start }) => {
        const message = at(index)
        return (
          <div
            // The place, not the passage: another alternative takes it without losing the focus or moving the page.
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={classes.place}
            style={{ transform: `translateY(${start - ABOVE}px)` }}
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
}
