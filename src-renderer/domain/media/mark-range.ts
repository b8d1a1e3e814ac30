import type { Span } from './find-spoken'

/** The text that an element shows, as `findSpoken` reads it. */
export const shownText = (element: Element): string =>
  textNodes(element)
    .map(({ data }) => data)
    .join('')

function textNodes(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const nodes: Text[] = []
  while (walker.nextNode()) if (walker.currentNode instanceof Text) nodes.push(walker.currentNode)
  return nodes
}

/** The part of an element's text as a range; null where it ends before that. */
export function rangeOf(element: Element, { from, to }: Span): Range | null {
  const range = document.createRange()
  let before = 0
  let begun = false
  for (const node of textNodes(element)) {
    const after = before + node.length
    if (!begun && from < after) {
      range.setStart(node, from - before)
      begun = true
    }
    if (begun && to <= after) {
      range.setEnd(node, to - before)
      return range
    }
    before = after
  }
  return null
}

const NAME = 'fabula-spoken'

/** Whether a part of a page can be marked without changing the page. */
export const canMark = (): boolean => typeof CSS !== 'undefined' && 'highlights' in CSS

/** Marks one part of the page, in the place of the one that was marked; null takes the mark away. */
export function markOnPage(range: Range | null): void {
  if (!canMark()) return
  if (range) CSS.highlights.set(NAME, new Highlight(range))
  else CSS.highlights.delete(NAME)
}

/** Pixels that are left free above and below what is followed: under the page stands the composer. */
const ABOVE = 60
const BELOW = 220

/** Scrolls what stands around a place softly, so that it can be read; not where it can be read already. */
export function followRange(range: Range, within: Element): void {
  const box = scrollerOf(within)
  if (!box) return
  const { top, bottom } = range.getBoundingClientRect()
  const frame = box.getBoundingClientRect()
  const below = Math.min(BELOW, frame.height / 3)
  if (top >= frame.top + Math.min(ABOVE, frame.height / 4) && bottom <= frame.bottom - below) return
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  box.scrollBy({ top: top - frame.top - frame.height / 4, behavior: still ? 'auto' : 'smooth' })
}

export function scrollerOf(element: Element): Element | null {
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (around.scrollHeight > around.clientHeight && /auto|scroll/.test(getComputedStyle(around).overflowY))
      return around
  }
  return null
}
