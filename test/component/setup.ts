import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, inject, vi } from 'vitest'
import type { StoreApi } from 'zustand'
import { rememberTab } from '@renderer/features/presets/last-tab'

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
  // Every file sets the window up again that it shares with the files before it.
  configurable: true,
  value: Object.assign(new EventTarget(), { ready: Promise.resolve(), load: async () => [] }),
})
window.HTMLElement.prototype.scrollIntoView = () => {}
window.HTMLElement.prototype.scrollTo = () => {}
window.Range.prototype.getClientRects = () => document.createElement('div').getClientRects()
window.Range.prototype.getBoundingClientRect = () => new DOMRect()

// Files share the modules of the app, and with them what they remember: each test begins as the app does.
const isStore = (value: unknown): value is StoreApi<unknown> =>
  typeof value === 'function' && 'getInitialState' in value
const modules = import.meta.glob<Record<string, unknown>>('../../src-renderer/stores/*.ts', { eager: true })
const stores = Object.values(modules).flatMap((module) => Object.values(module).filter(isStore))

beforeEach(() => {
  for (const store of stores) store.setState(store.getInitialState(), true)
  rememberTab('main')
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  window.localStorage.clear()
  window.sessionStorage.clear()
  window.location.hash = ''
})

// A module that is still on its way when its file's window goes is broken for all the files that share it.
afterAll(() => vi.dynamicImportSettled())
