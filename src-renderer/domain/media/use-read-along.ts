import { useEffect, useMemo, useRef, useState } from 'react'
import type { Media } from '@contract/entities/media'
import type { Player } from '@renderer/components/player/use-player'
import { findSpoken, spokenAt } from './find-spoken'
import { canMark, followRange, markOnPage, rangeOf, scrollerOf, shownText } from './mark-range'

/** What a reader scrolls with: then the page stays where the reader has brought it. */
const hands = ['wheel', 'touchmove', 'keydown'] as const

export interface ReadAlong {
  /** Takes an element that stands within the passage, or anywhere else. */
  attach: (element: HTMLElement | null) => void
  /** The sentence that is heard, by its place among all; -1 while none is. */
  at: number
  /** The passage shows another text than what is read: it must be shown beside the player. */
  ownText: boolean
}

/**
 * Marks the sentence that is heard in the passage that the player stands under, and scrolls after it until the reader
 * scrolls by hand; each time that it is played anew, it is followed again.
 */
export function useReadAlong({ text, sentences }: Pick<Media, 'text' | 'sentences'>, player: Player): ReadAlong {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const page = element?.closest('[data-passage]')?.querySelector('[data-passage-text]') ?? null
  const shown = page && canMark() ? shownText(page) : null
  const spans = useMemo(() => (shown === null ? null : findSpoken(shown, text, sentences)), [shown, text, sentences])
  const { playing, time } = player
  const at = playing || time > 0 ? spokenAt(sentences, time) : -1
  const following = useRef(true)

  useEffect(() => {
    if (!playing || !element) return undefined
    following.current = true
    const box = scrollerOf(element)
    const listening = new AbortController()
    for (const hand of hands)
      box?.addEventListener(hand, () => (following.current = false), { passive: true, signal: listening.signal })
    return () => listening.abort()
  }, [playing, element])

  const span = playing ? (spans?.[at] ?? null) : null
  useEffect(() => {
    if (!page || !span) return undefined
    const range = rangeOf(page, span)
    markOnPage(range)
    if (range && following.current) followRange(range, page)
    return () => markOnPage(null)
  }, [page, span])

  return { attach: setElement, at, ownText: spans === null }
}
