import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Pixels from the end that still count as the end. */
const NEAR = 40
/** Milliseconds in which the window moves after the reader's hand did. */
const MOVES_MS = 400
/** What a reader scrolls with. */
const hands = ['wheel', 'touchmove', 'pointerdown', 'pointermove', 'keydown'] as const

export interface FollowEnd {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  /** The reader left the end. */
  away: boolean
  toEnd: () => void
  /** What is on the page moved: its end is followed while the reader is there. */
  follow: () => void
  /** The page stays where it is from now on: it shows a place on purpose. */
  stay: () => void
}

/** Keeps the page at its end while the reader is there, and where it is otherwise. */
export function useFollowEnd(): FollowEnd {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const lastTop = useRef(0)
  const [away, setAway] = useState(false)

  const toEnd = useCallback(() => {
    following.current = true
    setAway(false)
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }, [])
  const stay = useCallback(() => {
    following.current = false
    setAway(true)
  }, [])

  const follow = useCallback(() => {
    if (following.current) toEnd()
  }, [toEnd])
  useLayoutEffect(follow)

  useEffect(() => {
    const box = scroller.current
    const page = content.current
    if (!box || !page) return
    let height = box.scrollHeight
    let moved = -Infinity
    const onHand = () => (moved = performance.now())
    const onScroll = () => {
      const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
      // Text that grows, or is measured for the first time, also moves the window: only going up is the reader's wish,
      // by hand, or where nothing else can have moved it.
      const byReader = performance.now() - moved < MOVES_MS || box.scrollHeight === height
      if (atEnd) following.current = true
      else if (box.scrollTop < lastTop.current && byReader) following.current = false
      height = box.scrollHeight
      lastTop.current = box.scrollTop
      setAway(!following.current)
    }
    const sizes = new ResizeObserver(follow)
    sizes.observe(box)
    sizes.observe(page)
    // Before the virtual list hears of it: that draws at once, and what is drawn follows the end or stays.
    box.addEventListener('scroll', onScroll, { passive: true, capture: true })
    for (const hand of hands) box.addEventListener(hand, onHand, { passive: true })
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', onScroll, { capture: true })
      for (const hand of hands) box.removeEventListener(hand, onHand)
    }
  }, [follow])

  return { scroller, content, away, toEnd, follow, stay }
}
