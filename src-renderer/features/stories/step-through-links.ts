import type { KeyboardEvent } from 'react'

/** Moves the focus through the rows of a list: up, down, first and last. Rows mark their link with `data-row`. */
export function stepThroughLinks(event: KeyboardEvent<HTMLElement>): void {
  const links = [...(event.currentTarget.closest('ul')?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const here = links.indexOf(event.currentTarget)
  const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 }[event.key]
  if (next === undefined) return
  event.preventDefault()
  links[next]?.focus()
}
