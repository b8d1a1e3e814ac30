import { VisuallyHidden } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useReorder } from './use-reorder'
import classes from './MovableRows.module.css'

export interface RowOrder {
  onMove: (ids: string[]) => void
  /** Names the handle of a row; `place` counts from 1. */
  gripLabel: (name: string, place: number, of: number) => string
  /** What a screen reader says when one has moved. */
  say: (name: string, place: number, of: number) => string
}

interface Props<Item> {
  items: readonly Item[]
  idOf: (item: Item) => string
  nameOf: (item: Item) => string
  openId: string | undefined
  order: RowOrder
  /** Names the list for screen readers. */
  label?: string
  /** What is opened by a row, behind its handle. */
  children: (item: Item) => ReactNode
}

/** Rows one under another, in an order that is changed by dragging or by the arrow keys. */
export function MovableRows<Item>({ items, idOf, nameOf, openId, order, label, children }: Props<Item>) {
  const called = (id: string) => {
    const found = items.find((item) => idOf(item) === id)
    return found === undefined ? '' : nameOf(found)
  }
  const { said, item, grip } = useReorder({
    ids: items.map(idOf),
    onMove: order.onMove,
    say: (id, place, of) => order.say(called(id), place, of),
  })
  return (
    <>
      <ol className={classes.rows} data-reorder aria-label={label}>
        {items.map((each, index) => {
          const id = idOf(each)
          return (
            <li key={id} className={classes.row} data-open={id === openId || undefined} {...item(id)}>
              <button
                type="button"
                className={classes.grip}
                aria-label={order.gripLabel(nameOf(each), index + 1, items.length)}
                {...grip(id)}
              >
                <IconGripVertical size={14} stroke={1.6} aria-hidden />
              </button>
              <div className={classes.open}>{children(each)}</div>
            </li>
          )
        })}
      </ol>
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
    </>
  )
}
