import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StoryId } from '@contract/ids'
import writing from '@resources/locales/en/writing.json'
import { startBrowserApp, chromiumMissing, type BrowserApp } from '@test/helpers/browser-app'
import { makeLongStory } from '@test/helpers/long-story-app'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'
import { composer } from './screens'

const PASSAGES = 1500

let folder: TemporaryFolder
let app: BrowserApp
let story: StoryId
beforeEach(async () => {
  folder = temporaryFolder()
  story = await makeLongStory(folder.path, { passages: PASSAGES, length: 700 })
  app = await startBrowserApp({ dataDir: folder.path })
  await app.page.goto(`${app.process.origin}/#/stories/${story}`)
  await passage(app.page, PASSAGES).waitFor()
})
afterEach(async () => {
  await app.kill()
  folder.remove()
})

const passage = (page: Page, number: number) => page.getByText(`Passage number ${number} begins.`)
const drawn = (page: Page) => page.getByRole('article').count()
const scroller = (page: Page) =>
  page.locator('[role="feed"]').locator('xpath=ancestor::div[contains(@class, "scroller")]')
/** Where a passage stands in the window, in pixels. */
const topOf = async (page: Page, number: number) => Math.round((await passage(page, number).boundingBox())?.y ?? NaN)

describe.skipIf(chromiumMissing !== null)(
  `a long story${chromiumMissing ? ` (skipped: ${chromiumMissing})` : ''}`,
  () => {
    it('shows its end, its beginning and its end again, and never draws more than the window needs', async () => {
      const { page } = app
      expect(await drawn(page)).toBeLessThan(30)
      await composer(page).press('Control+Home')
      await passage(page, 1).waitFor()
      expect(await topOf(page, 1)).toBeGreaterThan(0)
      expect(await drawn(page)).toBeLessThan(30)
      await expect.poll(() => passage(page, PASSAGES).count()).toBe(0)
      await page.getByRole('button', { name: writing.page.toEnd }).click()
      await passage(page, PASSAGES).waitFor()
      expect(await passage(page, PASSAGES).isVisible()).toBe(true)
      expect(app.troubles).toEqual([])
    })

    it('stays where the reader is while what stands above is read and drawn', async () => {
      const { page } = app
      for (let turn = 0; turn < 12; turn += 1) {
        // Not by the wheel: its scrolling goes on after the call, and would count as a shift.
        await scroller(page).evaluate((element) => element.scrollBy({ top: -500, behavior: 'instant' }))
        // Two frames: one in which the window moves, one in which what came into it is measured.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      }
      const seen = Number(/\d+/.exec((await page.getByRole('article').first().textContent()) ?? '')?.[0])
      const anchor = seen + 3
      await passage(page, anchor).waitFor()
      const before = await topOf(page, anchor)
      const [above] = (await app.process.rpc('messages.page', { storyId: story, first: seen - 1, limit: 1 })).messages
      if (!above) throw new Error('The first passage that is drawn is not there')
      await app.process.rpc('messages.edit', { id: above.id, text: `${above.text} ${'More words above. '.repeat(40)}` })
      await page.getByText(/More words above/).waitFor({ state: 'attached' })
      await expect.poll(async () => Math.abs((await topOf(page, anchor)) - before)).toBeLessThanOrEqual(2)
      expect(await page.getByRole('button', { name: writing.page.toEnd }).isVisible()).toBe(true)
    })

    it('saves an edit far from its end as it is typed, and takes it back by Ctrl+Z after a reload', async () => {
      const { page } = app
      await composer(page).press('Control+Home')
      await passage(page, 1).hover()
      await page
        .getByRole('article')
        .filter({ has: passage(page, 1) })
        .getByRole('button', { name: writing.passage.edit })
        .click()
      const editor = page.getByRole('textbox', { name: writing.edit.label })
      await editor.press('Control+Home')
      await editor.pressSequentially('Once, ')
      await editor.press('Escape')
      await expect
        .poll(
          async () => (await app.process.rpc('messages.page', { storyId: story, first: 0, limit: 1 })).messages[0]?.text
        )
        .toMatch(/^Once, Passage number 1/)
      await page.reload()
      await passage(page, PASSAGES).waitFor()
      await composer(page).press('Control+z')
      await page.getByText(writing.undo.text).waitFor()
      await passage(page, 1).waitFor()
      expect(await page.getByText('Once, Passage number 1').count()).toBe(0)
    })
  }
)
