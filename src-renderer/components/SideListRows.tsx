import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ComponentProps, type KeyboardEvent } from 'react'
import { Link } from 'wouter'
import type { StoredPart } from '@contract/entities/unreadable'
import { StateDot } from './StateDot'
import { UnreadableMark } from './UnreadableNote'
import classes from './SideList.module.css'

export interface SideListItem {
  id: string
  href: string
  name: string
  /** The part of the list that it stands in; items of one part come one after the other. */
  group?: string
  /** A few words under the name, each a fact by itself; what is false or empty is none. */
  facts: readonly (string | false | null | undefined)[]
  /** How it stands, as a colour before those words, which say it too. */
  dot?: ComponentProps<typeof StateDot>['state']
  /** What of it could not be read. */
  unreadable?: readonly StoredPart[] | undefined
}

interface Props {
  items: readonly SideListItem[]
  openId: string | undefined
  onOpen?: () => void
}

interface LinkProps extends Omit<ComponentProps<'a'>, 'href' | 'className'> {
  item: SideListItem
  open: boolean
}

export function SideListLink({ item: { href, name, facts, dot, unreadable }, open, ...props }: LinkProps) {
  const line = facts.filter(Boolean).join(' · ')
  return (
    <Link {...props} href={href} className={classes.item} aria-current={open ? 'page' : undefined}>
      <span className={classes.name} title={name}>
        {name}
      </span>
      <span className={classes.facts} title={line}>
        {dot && <StateDot state={dot} />}
        <UnreadableMark parts={unreadable} />
        {line}
      </span>
    </Link>
  )
}

const ROW_HEIGHT = 54
const GROUP_HEIGHT = 34
/** Fewer rows than this are simply drawn. */
const VIRTUAL_FROM = 60

/** Links one under another, of which only the visible ones exist when there are many. Arrow keys step through them. */
export function SideListRows({ items, openId, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const isVirtual = items.length >= VIRTUAL_FROM
  /** The name over a row that begins a part of the list. */
  const headingOf = (index: number) => {
    const group = items[index]?.group
    return group === items[index - 1]?.group ? undefined : group
  }
  const heightOf = (index: number) => ROW_HEIGHT + (headingOf(index) === undefined ? 0 : GROUP_HEIGHT)
  const virtual = useVirtualizer({
    count: isVirtual ? items.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    overscan: 8,
  })
  const openAt = items.findIndex(({ id }) => id === openId)
  const brought = useRef<string>(undefined)
  useEffect(() => {
    // Once for each that is opened: the list must not jump back while it is scrolled.
    if (!isVirtual || openAt < 0 || brought.current === openId) return
    brought.current = openId
    virtual.scrollToIndex(openAt)
  }, [isVirtual, openAt, openId, virtual])

  const focus = (index: number) => {
    if (index < 0 || index >= items.length) return
    if (isVirtual) virtual.scrollToIndex(index)
    const look = () => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
    const row = look()
    if (row) row.focus()
    else requestAnimationFrame(() => look()?.focus())
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    focus(to)
  }
  const row = (item: SideListItem, index: number) => {
    const heading = headingOf(index)
    return (
      <>
        {heading !== undefined && <h2 className={classes.group}>{heading}</h2>}
        <SideListLink
          item={item}
          open={item.id === openId}
          data-index={index}
          onClick={() => onOpen?.()}
          onKeyDown={(event) => onKeyDown(event, index)}
        />
      </>
    )
  }
  return (
    <div className={classes.scroller} ref={scroller}>
      {isVirtual ? (
        <ul className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = items[index]
            return (
              item && (
                <li
                  key={item.id}
                  className={classes.placed}
                  style={{ height: heightOf(index), transform: `translateY(${start}px)` }}
                  aria-setsize={items.length}
                  aria-posinset={index + 1}
                >
                  {row(item, index)}
                </li>
              )
            )
          })}
        </ul>
      ) : (
        <ul className={classes.rows}>
          {items.map((item, index) => (
            <li key={item.id}>{row(item, index)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
