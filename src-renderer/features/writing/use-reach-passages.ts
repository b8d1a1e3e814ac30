import { useEffect, type RefObject } from 'react'
import { MessageId } from '@contract/ids'
import { useReachedStore } from '@renderer/stores/writing-reached'

const steps: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1 }

function passageAt(target: EventTarget | null): MessageId | null {
  if (!(target instanceof Element)) return null
  const id = target.closest<HTMLElement>('[data-passage]')?.dataset.passage
  return MessageId.safeParse(id).data ?? null
}

function placeAt(target: EventTarget | null): number | null {
  if (!(target instanceof Element)) return null
  const index = target.closest<HTMLElement>('[data-index]')?.dataset.index
  return index === undefined ? null : Number(index)
}

/** Arrow keys walk from passage to passage once one has the focus by keyboard. */
function walk(feed: HTMLElement, event: KeyboardEvent) {
  const step = steps[event.key]
  const here = event.target
  if (!step || !(here instanceof HTMLElement) || !here.matches('[data-passage]:focus-visible')) return
  const all = [...feed.querySelectorAll<HTMLElement>('[data-passage]')]
  const next = all[all.indexOf(here) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** Notices which passage pointer and focus are at, with one set of listeners however many passages there are. */
export function useReachPassages(feed: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = feed.current
    if (!element) return
    const set = useReachedStore.setState
    const ending = new AbortController()
    const { signal } = ending
    element.addEventListener('pointerover', ({ target }) => set({ hovered: passageAt(target) }), { signal })
    element.addEventListener('pointerleave', () => set({ hovered: null }), { signal })
    const focus = (target: EventTarget | null) => set({ focused: passageAt(target), focusedAt: placeAt(target) })
    element.addEventListener('focusin', ({ target }) => focus(target), { signal })
    element.addEventListener('focusout', ({ relatedTarget }) => focus(relatedTarget), { signal })
    element.addEventListener('keydown', (event) => walk(element, event), { signal })
    return () => {
      ending.abort()
      set({ hovered: null, focused: null, focusedAt: null, playingAt: null })
    }
  }, [feed])
}
