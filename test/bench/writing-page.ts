import type { Page } from 'playwright-core'

/** In the page: whether a passage with these words is in the document. */
const has = (words: string) =>
  `[...document.querySelectorAll('[role="feed"] p')].some((p) => p.textContent.includes(${JSON.stringify(words)}))`

/**
 * Milliseconds, by the page's own clock, from an act until a text is painted. The act may be done again with each frame:
 * a page that reads backwards is scrolled until it is there.
 */
const untilPainted = (page: Page, words: string, act: string, again = ''): Promise<number> =>
  page.evaluate<number>(`(async () => {
    const nextFrame = () => new Promise((done) => requestAnimationFrame(done))
    const begin = performance.now()
    ${act}
    while (!${has(words)}) { ${again}; await nextFrame() }
    // The frame after the one that has it in the document is the one that paints it.
    await nextFrame()
    return performance.now() - begin
  })()`)

export const openStory = (page: Page, link: string, words: string) =>
  untilPainted(page, words, `document.querySelector(${JSON.stringify(link)}).click()`)

/** By Ctrl+Home; where a version knows no such key, by scrolling up until the beginning has come. */
export const toBeginning = (page: Page, words: string) =>
  untilPainted(
    page,
    words,
    `window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', ctrlKey: true, cancelable: true }))
     const scroller = (() => {
       let box = document.querySelector('[role="feed"]')
       while (box && !['auto', 'scroll'].includes(getComputedStyle(box).overflowY)) box = box.parentElement
       return box
     })()
     let frames = 0`,
    `if (++frames > 30 && scroller) scroller.scrollTop = 0`
  )

/** What the page keeps after its garbage is collected: elements and megabytes. */
export async function kept(page: Page): Promise<{ nodes: number; heap: number }> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { nodes: value('Nodes'), heap: value('JSHeapUsedSize') / 1_000_000 }
}
