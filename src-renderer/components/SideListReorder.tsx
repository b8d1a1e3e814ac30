import { VisuallyHidden } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import { SideListLink, type SideListItem } from './SideListRows'
import { useReorder } from './use-reorder'
import classes from './SideList.module.css'

export interface SideListOrder {
  onMove: (ids: string[]) => void
  /** Names the handle of an item; `place` counts from 1. */
  gripLabel: (name: string, place: number, of: number) => string
  /** What a screen reader says when one has moved. */
  say: (name: string, place: number, of: number) => string
}

interface Props {
  items: readonly SideListItem[]
  openId: string | undefined
  order: SideListOrder
  onOpen?: () => void
}

/** Links one under another, in an order that is changed by dragging or by the arrow keys. */
export function SideListReorder({ items, openId, order, onOpen }: Props) {
  const nameOf = (id: string) => items.find((item) => item.id === id)?.name ?? ''
  const { said, item, grip } = useReorder({
    ids: items.map(({ id }) => id),
    onMove: order.onMove,
    say: (id, place, of) => order.say(nameOf(id), place, of),
  })
  return (
    <div className={classes.scroller}>
      <ol className={classes.rows} data-reorder>
        {items.map((each, index) => (
          <li key={each.id} className={classes.movable} data-open={each.id === openId || undefined} {...item(each.id)}>
            <button
              type="button"
              className={classes.grip}
              aria-label={order.gripLabel(each.name, index + 1, items.length)}
              {...grip(each.id)}
            >
              <IconGripVertical size={14} stroke={1.6} aria-hidden />
            </button>
            <SideListLink item={each} open={each.id === openId} draggable={false} onClick={() => onOpen?.()} />
          </li>
        ))}
      </ol>
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
    </div>
  )
}
