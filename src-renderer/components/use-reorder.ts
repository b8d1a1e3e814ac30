import { useState, type DragEvent, type KeyboardEvent } from 'react'
import { moved } from './reorder'

interface Options<Id extends string> {
  ids: readonly Id[]
  onMove: (ids: Id[]) => void
  /** What a screen reader says when one has moved; `place` counts from 1. */
  say: (id: Id, place: number, of: number) => string
}

/**
 * An order that is changed by dragging an item, or by the arrow keys on its grip. The list carries `data-reorder`, and
 * `said` belongs into a live region.
 */
export function useReorder<Id extends string>({ ids, onMove, say }: Options<Id>) {
  const [dragged, setDragged] = useState<Id | null>(null)
  const [said, setSaid] = useState('')

  const move = (id: Id, to: number) => {
    const next = moved(ids, ids.indexOf(id), to)
    const place = next.indexOf(id)
    if (place === ids.indexOf(id)) return
    onMove(next)
    setSaid(say(id, place + 1, next.length))
  }
  const onKeyDown = (event: KeyboardEvent, id: Id) => {
    const place = ids.indexOf(id)
    const to = {
      ArrowLeft: place - 1,
      ArrowUp: place - 1,
      ArrowRight: place + 1,
      ArrowDown: place + 1,
      Home: 0,
      End: ids.length - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const list = event.currentTarget.closest('[data-reorder]')
    move(id, to)
    // The grip moves with its item: the focus must follow it.
    requestAnimationFrame(() => list?.querySelector<HTMLElement>(`[data-grip="${CSS.escape(id)}"]`)?.focus())
  }
  return {
    said,
    item: (id: Id) => ({
      draggable: true,
      'data-dragged': id === dragged || undefined,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move'
        setDragged(id)
      },
      onDragEnd: () => setDragged(null),
      onDragOver: (event: DragEvent) => {
        if (dragged === null) return
        event.preventDefault()
        if (dragged !== id) move(dragged, ids.indexOf(id))
      },
      onDrop: (event: DragEvent) => event.preventDefault(),
    }),
    grip: (id: Id) => ({ 'data-grip': id, onKeyDown: (event: KeyboardEvent) => onKeyDown(event, id) }),
  }
}
