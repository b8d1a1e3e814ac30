import type { AroundNavHandler } from 'wouter'

/** Milliseconds for which a place may keep the reader waiting where they are; after that it is shown as far as it is. */
const HELD_MS = 100

/**
 * Goes to places that first have something to read only when they have it, or after a moment: one picture instead of an
 * empty one and then another. The last place that was asked for is the one that is shown.
 *
 * A redirect (`replace`) was decided by what is drawn. Where the address has changed since, and the page has not heard of it
 * yet, the user has gone elsewhere: they stay there.
 *
 * @param prepare undefined for a place that can be shown at once
 */
export function preparedNavigation(prepare: (place: string) => Promise<unknown> | undefined): AroundNavHandler {
  let asked = 0
  let heard = window.location.href
  window.addEventListener('hashchange', () => (heard = window.location.href))
  return (navigate, to, options) => {
    if (options?.replace && window.location.href !== heard) return
    asked += 1
    const preparing = prepare(to)
    if (!preparing) return navigate(to, options)
    const [number, from] = [asked, window.location.href]
    const go = () => {
      // Whoever went back meanwhile, or elsewhere, stays there.
      if (number === asked && window.location.href === from) navigate(to, options)
      asked += 1
    }
    const late = setTimeout(go, HELD_MS)
    const ready = () => {
      clearTimeout(late)
      go()
    }
    preparing.then(ready, ready)
  }
}
