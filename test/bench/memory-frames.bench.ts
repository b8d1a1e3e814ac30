import { describe, expect, it, onTestFinished } from 'vitest'
import type { Page } from 'playwright-core'
import type { StoryId } from '@contract/ids'
import writing from '@resources/locales/en/writing.json'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { makeLongStory } from '@test/helpers/long-story-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'

/**
 * The frames of the writing page while 10,000 passages are taken into memory: as one types, and as text streams in. The aim
 * is no frame over 50 ms. The same is measured before, when nothing is indexed: a busy machine is slow by itself.
 */
const PASSAGES = 10_000
const LENGTH = 2000
const SAMPLE_MS = 8000
/** Tokens a second, as a quick model writes. */
const PACE = 60

describe.skipIf(chromiumMissing !== null)('the writing page', () => {
  it('keeps its frames while memory is indexed', { timeout: 600_000 }, async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const story = await makeLongStory(folder.path, { passages: PASSAGES, length: LENGTH, pace: PACE })
    const app = await startBrowserApp({ dataDir: folder.path })
    onTestFinished(() => app.kill())
    const { page } = app
    await page.locator(`a[href="#/stories/${story}"]`).click()
    await page.getByText(`Passage number ${PASSAGES} `).waitFor()
    await page.waitForLoadState('networkidle')

    await report(page, 'typing', 'nothing is indexed', () => type(page))
    await report(page, 'streaming', 'nothing is indexed', () => stream(app, story))
    await index(app, story)
    await report(page, 'typing', await progress(app, story), () => type(page))
    await index(app, story)
    expect(await report(page, 'streaming', await progress(app, story), () => stream(app, story))).toBeGreaterThan(0)
  })
})

const state = (app: BrowserApp, storyId: StoryId) => app.process.rpc('memory.state', { storyId })

/** Begins the index anew, and waits until it is under way. */
async function index(app: BrowserApp, storyId: StoryId): Promise<void> {
  await app.process.rpc('memory.rebuild', { storyId })
  await expect.poll(async () => (await state(app, storyId)).passages, { timeout: 60_000 }).toBeGreaterThan(0)
}

const progress = async (app: BrowserApp, storyId: StoryId) => {
  const { chunks, vectors } = await state(app, storyId)
  return `it is indexed (from ${vectors} of ${chunks} chunks)`
}

async function type(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: writing.composer.field })
  await field.click()
  const end = performance.now() + SAMPLE_MS
  while (performance.now() < end) await field.pressSequentially('the lamp ', { delay: 60 })
  await field.fill('')
}

/** One turn of the Demo after the other, at the speed of a quick model. */
async function stream(app: BrowserApp, storyId: StoryId): Promise<void> {
  const end = performance.now() + SAMPLE_MS
  while (performance.now() < end) {
    await app.process.rpc('turns.start', { storyId, kind: 'continue' })
    await expect.poll(() => app.process.rpc('turns.active', { storyId }), { timeout: 60_000 }).toBeNull()
  }
}

/** Runs in the page: notes how long each frame was until it is told to stop. */
const WATCH = `(() => {
  const frames = []
  let last = performance.now()
  let on = true
  const next = (now) => {
    frames.push(now - last)
    last = now
    if (on) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
  window.stopWatching = () => {
    on = false
    return frames
  }
})()`

/** Says how long the frames were, and how many there were. */
async function report(page: Page, what: string, when: string, work: () => Promise<void>): Promise<number> {
  await page.evaluate(WATCH)
  await work()
  const frames = (await page.evaluate<number[]>('window.stopWatching()')).toSorted((a, b) => a - b)
  const at = (share: number) => (frames[Math.floor((frames.length - 1) * share)] ?? 0).toFixed(0)
  console.log(
    `${what} while ${when}: ${frames.length} frames, median ${at(0.5)} ms, 99 % under ${at(0.99)} ms, ` +
      `longest ${at(1)} ms, ${frames.filter((ms) => ms > 50).length} over 50 ms`
  )
  return frames.length
}
