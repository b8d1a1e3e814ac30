import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Pixels from the end that still count as the end. */
const NEAR = 40
/** Pixels from the top at which earlier passages are fetched. */
const EARLY = 1600

export interface FollowEnd {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  /** The reader left the end. */
  away: boolean
  toEnd: () => void
  /** The page stays where it is from now on: it shows a place on purpose. */
  stay: () => void
}

/**
 * Keeps the page at its end while the reader is there, and where it is otherwise. What is put in above the window does
 * not move it: the browser's scroll anchoring sees to that, except at the very top, which is therefore left by a pixel.
 */
export function useFollowEnd(onNearTop: () => void): FollowEnd {
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

  useLayoutEffect(() => {
    if (following.current) toEnd()
  })

  useEffect(() => {
    const box = scroller.current
    const page = content.current
    if (!box || !page) return
    const nearTop = () => {
      if (box.scrollTop > EARLY || box.scrollHeight === 0) return
      if (box.scrollTop === 0 && box.scrollHeight > box.clientHeight + NEAR) box.scrollTop = 1
      onNearTop()
    }
    const onScroll = () => {
      const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
      // Text that grows also leaves the window away from the end; only going up is the reader's wish.
      if (atEnd) following.current = true
      else if (box.scrollTop < lastTop.current) following.current = false
      lastTop.current = box.scrollTop
      setAway(!following.current)
      nearTop()
    }
    const sizes = new ResizeObserver(() => {
      if (following.current) toEnd()
      nearTop()
    })
    sizes.observe(box)
    sizes.observe(page)
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', onScroll)
    }
  }, [onNearTop, toEnd])

  return { scroller, content, away, toEnd, stay }
}
