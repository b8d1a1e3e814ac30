import { onTestFinished, vi } from 'vitest'

/** Pixels of the window, of a place in a list, and of what can be scrolled: more than any list has. */
const WINDOW = 800
const PLACE = 40
const SCROLLED = 10_000_000

/** Gives jsdom, which draws nothing, as much layout as a virtual list needs. It ends with the test. */
export function giveLayout(): void {
  const height = (element: HTMLElement) => (element.dataset['index'] === undefined ? WINDOW : PLACE)
  vi.spyOn(window.HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return height(this)
  })
  vi.spyOn(window.HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(WINDOW)
  vi.spyOn(window.Element.prototype, 'clientHeight', 'get').mockReturnValue(WINDOW)
  vi.spyOn(window.Element.prototype, 'scrollHeight', 'get').mockReturnValue(SCROLLED)
  const tops = new WeakMap<Element, number>()
  // Two spies on one property are not taken back: the one that ends last puts the other there again.
  Object.defineProperty(window.HTMLElement.prototype, 'scrollTop', {
    configurable: true,
    get(this: Element) {
      return tops.get(this) ?? 0
    },
    set(this: Element, wanted: number) {
      const top = Math.max(0, Math.min(SCROLLED - WINDOW, wanted))
      if (top === (tops.get(this) ?? 0)) return
      tops.set(this, top)
      queueMicrotask(() => this.dispatchEvent(new Event('scroll')))
    },
  })
  onTestFinished(() => {
    Reflect.deleteProperty(window.HTMLElement.prototype, 'scrollTop')
  })
  vi.spyOn(window.HTMLElement.prototype, 'scrollTo').mockImplementation(function (
    this: HTMLElement,
    ...[to]: [ScrollToOptions?] | [number, number]
  ) {
    if (typeof to === 'object' && to.top !== undefined) this.scrollTop = to.top
  })
}
