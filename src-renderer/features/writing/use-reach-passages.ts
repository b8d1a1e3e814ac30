import { useEffect, type RefObject } from 'react'
import { MessageId } from '@contract/ids'
import { useReachedStore } from '@renderer/stores/writing-reached'

const steps: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1 }

function passageAt(target: EventTarget | null): MessageId | null {
  if (!(target instanceof Element)) return null
  const id = target.closest<HTMLElement>('[data-passage]')?.dataset.passage
  return MessageId.safeParse(id).data ?? null
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
    element.addEventListener('focusin', ({ target }) => set({ focused: passageAt(target) }), { signal })
    element.addEventListener('focusout', ({ relatedTarget }) => set({ focused: passageAt(relatedTarget) }), { signal })
    element.addEventListener('keydown', (event) => walk(element, event), { signal })
    return () => {
      ending.abort()
      set({ hovered: null, focused: null })
    }
  }, [feed])
}
