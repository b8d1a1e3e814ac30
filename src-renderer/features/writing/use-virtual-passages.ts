import { defaultRangeExtractor, useVirtualizer, type ReactVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef, type RefObject } from 'react'
import type { Message } from '@contract/entities/story'
import type { StoryId } from '@contract/ids'
import { useReachedStore } from '@renderer/stores/writing-reached'
import { PAGE, useEndOfStory, usePassages, type Passages } from './use-passages'

/** Pixels above the first passage. */
export const ABOVE = 40
/** Pixels that a place takes before it was drawn, at least and at most, and all places of a story together. */
const LEAST = 60
const MOST = 4000
const HIGHEST = 8_000_000
/** Places that are drawn outside the window on either side. */
const OVERSCAN = 3

/** Pixels that a passage takes: lines of 66 characters, and the bar under it. */
const heightOf = ({ text }: Message) => (Math.ceil(text.length / 66) + 1) * 30 + 38

/**
 * What a place takes before it was drawn: as much as those at the end on average, but never so much that a browser could
 * not show a story of this length any more.
 */
function guess(end: readonly Message[], length: number): number {
  const average = end.reduce((sum, message) => sum + heightOf(message), 0) / Math.max(1, end.length)
  return Math.min(Math.max(LEAST, Math.min(MOST, average)), HIGHEST / Math.max(1, length))
}

export interface VirtualPassages {
  passages: Passages
  virtual: ReactVirtualizer<HTMLDivElement, HTMLDivElement>
  /** The places that are drawn; the same as before while they are the same. */
  drawn: readonly number[]
  /** Pixels of a place that was not drawn yet. */
  height: number
}

/**
 * The passages that are in the window, and no others: neither the page nor the memory grows with the story. Where they
 * stand is written into the document without a render: text that streams in only makes its own place higher. `onMoved` is
 * called when it was.
 */
export function useVirtualPassages(
  storyId: StoryId,
  scroller: RefObject<HTMLDivElement | null>,
  onMoved: () => void
): VirtualPassages {
  const { data } = useEndOfStory(storyId)
  const length = data?.length ?? 0
  // Once for each visit: another guess would move everything that was not drawn yet.
  const height = useRef<number>(undefined)
  if (data && height.current === undefined) height.current = guess(data.messages, length)
  const estimate = height.current ?? LEAST

  // The virtualizer hands out new functions with every render; this is what react-virtual is made for.
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => estimate, [estimate]),
    scrollMargin: ABOVE,
    scrollPaddingStart: 24,
    initialOffset: () => length * estimate,
    // Until the page is measured, so that its first picture has the text.
    initialRect: { width: 0, height: window.innerHeight },
    overscan: OVERSCAN,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    onChange: onMoved,
    // What has the focus stays, wherever the window is, and so does what is heard.
    rangeExtractor: useCallback((range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const visible = defaultRangeExtractor(range)
      const { focusedAt, playingAt } = useReachedStore.getState()
      const kept = [focusedAt, playingAt].filter(
        (at): at is number => at !== null && at < range.count && !visible.includes(at)
      )
      return kept.length === 0 ? visible : [...new Set([...visible, ...kept])].toSorted((a, b) => a - b)
    }, []),
  })
  virtual.shouldAdjustScrollPositionOnItemSizeChange = standsAbove
  const items = virtual.getVirtualItems()
  const places = items.map(({ index }) => index).join()
  const drawn = useMemo(() => (places === '' ? [] : places.split(',').map(Number)), [places])
  const passages = usePassages(
    storyId,
    useMemo(() => pagesAround(drawn), [drawn])
  )
  return { passages, virtual, drawn, height: estimate }
}

/**
 * Whether a change of a place's height moves the window along, so that what the reader sees stays where it is: of a place
 * above it, and of one that begins above it and is drawn for the first time. Also while the reader scrolls up, which is when
 * places above come in as their texts are read.
 */
const standsAbove: NonNullable<
  Virtualizer<HTMLDivElement, HTMLDivElement>['shouldAdjustScrollPositionOnItemSizeChange']
> = ({ key, start, end }, _change, { itemSizeCache, scrollOffset }) =>
  (itemSizeCache.has(key) ? end : start + 1) <= (scrollOffset ?? 0)

/** The pages of these places, and those before and after them. */
function pagesAround(indexes: readonly number[]): number[] {
  const pages = new Set<number>()
  for (const index of indexes) for (const near of [-1, 0, 1]) pages.add(Math.floor(index / PAGE) + near)
  return [...pages].toSorted((a, b) => a - b)
}
