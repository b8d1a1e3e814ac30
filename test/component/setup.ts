import { cleanup, configure } from '@testing-library/react'
import { afterEach, inject, vi } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** From `vitest.config.ts`: how long a test waits for what must come. */
    waitMs: number
  }
}

configure({ asyncUtilTimeout: inject('waitMs') })

// jsdom has no layout: what asks for it gets an answer that changes nothing. Nothing moves either: what folds open over
// frames is there at once, and no test depends on how fast a busy machine draws them.
const media = (query: string): MediaQueryList => ({
  matches: query === '(prefers-reduced-motion: reduce)',
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
})
window.matchMedia = media

class NoResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = NoResizeObserver
Object.defineProperty(document, 'fonts', {
  value: Object.assign(new EventTarget(), { ready: Promise.resolve(), load: async () => [] }),
})
window.HTMLElement.prototype.scrollIntoView = () => {}
window.HTMLElement.prototype.scrollTo = () => {}
window.Range.prototype.getClientRects = () => document.createElement('div').getClientRects()
window.Range.prototype.getBoundingClientRect = () => new DOMRect()

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  window.localStorage.clear()
  window.location.hash = ''
})
