import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import frame from '@resources/locales/en/frame.json'
import worlds from '@resources/locales/en/worlds.json'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { beginWithDemo, place, takeTurn } from './screens'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`
const LORE = 'The tide comes twice a day and cuts off the cape.'

const saved = (page: Page) => page.getByText('Saved', { exact: true }).last().waitFor()
const tab = (page: Page, name: keyof typeof worlds.tabs) => page.getByRole('tab', { name: worlds.tabs[name] }).click()
const field = (page: Page, name: keyof typeof worlds.fields) =>
  page.getByRole('textbox', { name: worlds.fields[name], exact: true })

describe.skipIf(chromiumMissing !== null)(`a world in Chromium${because}`, () => {
  const folder = temporaryFolder()
  let app: BrowserApp
  beforeAll(async () => {
    app = await startBrowserApp({ dataDir: folder.path })
  })
  afterAll(async () => {
    await app.quit()
    folder.remove()
  })

  it('is made, taken by a story, and told of in its turns, and says why', { timeout: 120_000 }, async () => {
    const { page } = app
    const rpc = app.process.rpc.bind(app.process)
    await beginWithDemo(page)
    const [story] = await rpc('stories.list', {})
    const storyId = story?.id ?? ''

    await place(page, frame.places.worlds)
    await page.getByRole('button', { name: worlds.new }).first().click()
    await page.getByRole('textbox', { name: worlds.name, exact: true }).fill('The cape')
    await page.getByRole('button', { name: worlds.add.character }).click()
    await page.getByRole('textbox', { name: worlds.entryName, exact: true }).fill('Anna')
    await field(page, 'description').fill('Keeps the lamp.')
    await saved(page)
    await tab(page, 'lore')
    await page.getByRole('button', { name: worlds.add.lore }).click()
    await page.getByRole('textbox', { name: worlds.entryName, exact: true }).fill('Tide')
    await page.getByLabel(worlds.fields.keys, { exact: true }).locator('visible=true').first().fill('tide')
    await page.keyboard.press('Enter')
    await field(page, 'content').fill(LORE)
    await saved(page)
    await page.getByRole('textbox', { name: worlds.test.title }).fill('They wait for the tides.')
    await page.getByRole('region', { name: worlds.test.title }).getByText('Tide', { exact: true }).waitFor()

    await page.evaluate((hash) => (window.location.hash = hash), `/stories/${storyId}`)
    await page.getByRole('link', { name: worlds.scene.settings }).click()
    await page.getByPlaceholder(worlds.story.noWorlds).click()
    await page.getByRole('option', { name: 'The cape' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: worlds.story.toStory }).click()
    const scene = page.getByRole('region', { name: worlds.scene.heading })
    await scene.getByText(worlds.scene.empty).waitFor()

    const line = 'Anna and I wait for the tide.'
    const plan = await rpc('turns.plan', { storyId, kind: 'send', text: line })
    expect(plan[0]?.messages.map(({ content }) => content).join('\n')).toContain(LORE)
    await takeTurn(page, line)
    await scene.getByRole('link', { name: 'Anna' }).waitFor()
    await scene
      .getByText(/Anna.* and I wait for the .*tide/)
      .first()
      .waitFor()
    const [turn] = [await rpc('turns.last', { storyId })]
    const steps = await rpc('turns.steps', { turnId: turn?.id ?? '' })
    expect(steps[0]?.messages.map(({ content }) => content).join('\n')).toContain(LORE)

    // What is held stays when nobody speaks of it any more; what is changed here stays here.
    await scene.getByRole('link', { name: 'Anna' }).click()
    await field(page, 'voice').fill('Dry.')
    await page.getByText(worlds.story.differs).waitFor()
    const [world] = await rpc('worlds.list', {})
    const [anna] = await rpc('worlds.entries', { worldId: world?.id ?? '', kind: 'character' })
    const entry = await rpc('worlds.entry', { worldId: world?.id ?? '', id: anna?.id ?? '' })
    expect(entry.fields).toMatchObject({ voice: '', description: 'Keeps the lamp.' })
    expect(app.troubles).toEqual([])
  })
})
