import { MovableRows, type RowOrder } from './MovableRows'
import { SideListLink, type SideListItem } from './SideListRows'
import classes from './SideList.module.css'

interface Props {
  items: readonly SideListItem[]
  openId: string | undefined
  order: RowOrder
  onOpen?: () => void
}

/** Links one under another, in an order that is changed by dragging or by the arrow keys. */
export function SideListReorder({ items, openId, order, onOpen }: Props) {
  return (
    <div className={classes.scroller}>
      <MovableRows items={items} idOf={({ id }) => id} nameOf={({ name }) => name} openId={openId} order={order}>
        {(item) => <SideListLink item={item} open={item.id === openId} draggable={false} onClick={() => onOpen?.()} />}
      </MovableRows>
    </div>
  )
}
