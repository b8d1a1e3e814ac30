import { describe, expect, it, onTestFinished } from 'vitest'
import type { Page } from 'playwright-core'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { makeLongStory } from '@test/helpers/long-story-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'

/**
 * The writing page with stories of 100 to 10,000 passages of 4 KB, in Chromium: from the click on the story, the first one
 * after the start, to its last line (the aim is under 150 ms), from Ctrl+Home to the first passage (under 300 ms), and
 * what is kept after that, which must not grow with the story.
 */
const LENGTH = 4000

describe.skipIf(chromiumMissing !== null).each([100, 1000, 10_000])('a story of %i passages', (passages) => {
  it('opens, and shows its beginning', { timeout: 600_000 }, async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const story = await makeLongStory(folder.path, { passages, length: LENGTH })
    const app = await startBrowserApp({ dataDir: folder.path })
    onTestFinished(() => app.kill())
    const { page } = app
    await page.locator(`a[href="#/stories/${story}"]`).waitFor()
    // The files of the other screens come while the window is idle, as they do for someone who looks at the list.
    await page.waitForLoadState('networkidle')

    const opened = await timed(page, `Passage number ${passages} `, `a[href="#/stories/${story}"]`)
    const first = await timed(page, 'Passage number 1 ', null)
    const { nodes, heap } = await kept(page)
    expect(nodes).toBeLessThan(5000)
    console.log(
      `${passages} passages: open ${opened} ms, beginning ${first} ms, then ${nodes} DOM nodes and ${heap} MB of heap`
    )
  })
})

/** Runs in the page: milliseconds, by its own clock, from a click (or from Ctrl+Home) until a text is painted. */
const timing = (text: string, click: string | null) => `(async () => {
  const nextFrame = () => new Promise((done) => requestAnimationFrame(done))
  const isThere = () => [...document.querySelectorAll('[role="feed"] p')].some((p) => p.textContent.includes(${JSON.stringify(text)}))
  const link = ${click === null ? 'null' : `document.querySelector(${JSON.stringify(click)})`}
  const begin = performance.now()
  if (link) link.click()
  else window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', ctrlKey: true, cancelable: true }))
  while (!isThere()) await nextFrame()
  // The frame after the one that has it in the document is the one that paints it.
  await nextFrame()
  return Math.round(performance.now() - begin)
})()`

const timed = (page: Page, text: string, click: string | null): Promise<number> =>
  page.evaluate<number>(timing(text, click))

/** What the page keeps after its garbage is collected. */
async function kept(page: Page): Promise<{ nodes: number; heap: number }> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { nodes: value('Nodes'), heap: Math.round(value('JSHeapUsedSize') / 100_000) / 10 }
}
