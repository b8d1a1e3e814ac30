import { lazy, useState, type ComponentType } from 'react'

export interface Preloadable {
  preload: () => Promise<unknown>
}

/** A screen whose files come when it is first shown, or before that, when there is time. */
export type LazyScreen<Props extends object> = ComponentType<Props> & Preloadable

/**
 * Once its files are there, a screen is shown at once: React would show the fallback of a `lazy` component even then, for a
 * moment, and holds what follows a fallback back for 300 ms.
 */
export function lazyScreen<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyScreen<Props> {
  let loaded: ComponentType<Props> | null = null
  const preload = async () => (loaded = await load())
  const Awaited = lazy(async () => ({ default: await preload() }))
  const Screen = (props: Props) => {
    // Chosen once: a screen that changed from the one to the other would lose all that it holds.
    const [Chosen] = useState<ComponentType<Props>>(() => loaded ?? Awaited)
    return <Chosen {...props} />
  }
  return Object.assign(Screen, { preload })
}

/**
 * Fetches screens one after the other, each when the window has nothing else to do. What cannot be fetched now is fetched when
 * it is shown. Returns what ends it.
 */
export function preloadWhenIdle(screens: readonly Preloadable[]): () => void {
  let rest = screens
  let stop = () => {}
  const fetchNext = () => {
    const [next, ...others] = rest
    rest = others
    if (!next) return
    stop = whenIdle(() => {
      void next.preload().then(fetchNext, () => undefined)
    })
  }
  fetchNext()
  return () => {
    rest = []
    stop()
  }
}

/** Calls back when the window has nothing else to do. Returns what takes that back. */
export function whenIdle(act: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(act)
    return () => cancelIdleCallback(asked)
  }
  const timer = setTimeout(act, 200)
  return () => clearTimeout(timer)
}
