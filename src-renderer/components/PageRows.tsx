import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import classes from './PageRows.module.css'

export interface PageRowsProps<Item> {
  /** Names the list for screen readers. */
  label: string
  items: readonly Item[]
  keyOf: (item: Item) => string
  /** Pixels, the same for every row; of one that `grows`, about what it has at first. */
  rowHeight: number
  /** A row is as high as what is in it, which may unfold. */
  grows?: boolean
  /** One that must not go when it leaves the window: it plays. */
  stays?: (item: Item) => boolean
  /** Draws one. */
  children: (item: Item) => ReactNode
  /** The last rows have come near the window: time to read more. */
  onNearEnd?: () => void
}

const NEAR = 10

/**
 * A list of any length in the flow of a page, of which only the visible rows exist. The page, which scrolls, carries
 * `data-page-scroll`.
 */
export function PageRows<Item>({
  label,
  items,
  keyOf,
  rowHeight,
  grows = false,
  stays,
  children,
  onNearEnd,
}: PageRowsProps<Item>) {
  const list = useRef<HTMLUListElement>(null)
  const [page, setPage] = useState<Element | null>(null)
  const [above, setAbove] = useState(0)

  useLayoutEffect(() => setPage(list.current?.closest('[data-page-scroll]') ?? null), [])
  // What stands above may grow or shrink at any time: each drawing of the list, and each change of the page, tells.
  const measure = () => {
    if (!list.current || !page) return
    setAbove(list.current.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop)
  }
  useLayoutEffect(measure)
  useEffect(() => {
    const content = page?.firstElementChild
    if (!content) return undefined
    const observer = new ResizeObserver(measure)
    observer.observe(content)
    return () => observer.disconnect()
  })

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => page,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
    scrollMargin: above,
    overscan: 8,
    ...(stays && {
      rangeExtractor: (range) => {
        const staying = items.flatMap((item, index) => (stays(item) ? [index] : []))
        return [...new Set([...defaultRangeExtractor(range), ...staying])].toSorted((one, other) => one - other)
      },
    }),
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? -1
  const nearEnd = last >= 0 && last >= items.length - NEAR
  useEffect(() => {
    if (nearEnd) onNearEnd?.()
  }, [nearEnd, items.length, onNearEnd])

  return (
    <ul ref={list} className={classes.list} aria-label={label} style={{ height: virtual.getTotalSize() }}>
      {rows.map(({ index, key, start, size }) => {
        const item = items[index]
        return (
          item !== undefined && (
            <li
              key={key}
              className={classes.row}
              data-index={index}
              data-grows={grows || undefined}
              ref={grows ? virtual.measureElement : undefined}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ ...(!grows && { height: size }), transform: `translateY(${start - above}px)` }}
            >
              {children(item)}
            </li>
          )
        )
      })}
    </ul>
  )
}
