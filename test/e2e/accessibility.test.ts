import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Language } from '@contract/values'
import { chromiumMissing } from '@test/helpers/browser-app'
import { startFurnishedApp, type FurnishedApp } from './furnished-app'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`

let furnished: FurnishedApp
let page: Page

beforeAll(async () => {
  if (chromiumMissing !== null) return
  furnished = await startFurnishedApp()
  page = furnished.app.page
})
afterAll(() => furnished?.stop())

/** Every place of the app, by its address. */
const places = ({ presetId, configId, serverId, storyId }: FurnishedApp): readonly string[] => [
  '/stories',
  `/stories/${storyId}`,
  `/stories/${storyId}/settings/main`,
  '/stories/01990000-0000-7000-8000-00000000dead',
  `/presets/${presetId}/main`,
  `/presets/${presetId}/storyteller`,
  `/presets/${presetId}/embedding`,
  `/presets/${presetId}/fallback`,
  `/models/${configId}`,
  '/providers',
  `/providers/${furnished.openRouterId}`,
  `/servers/${serverId}`,
  '/usage',
  '/settings',
  '/guide',
]

/** What axe finds on the page as it is drawn, contrast and names of buttons included. */
async function violations(where: string): Promise<string[]> {
  // What is still fading in is too pale to be measured.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))))
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    // Placed there by the line above, in the page's own world.
    const { axe: engine } = window as unknown as { axe: typeof axe }
    const { violations: all } = await engine.run(document, {
      rules: { 'label-content-name-mismatch': { enabled: true } },
    })
    return all.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 240)}`))
  })
  return found.map((line) => `${where}: ${line}`)
}

const settled = async () => {
  await page.getByRole('main').waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
}

/** The buttons of the page that open a menu, a dialog or a list. */
const openers = () => page.locator('main').locator('button[aria-haspopup]:visible:not([disabled])')

/** Opens what a button opens, looks at it, and closes it again. */
async function lookInside(opener: Locator, where: string): Promise<string[]> {
  await opener.click()
  const overlay = page.locator('[role=menu], [role=listbox], [role=dialog]').locator('visible=true').first()
  await overlay.waitFor()
  const found = await violations(`${where} > ${(await opener.textContent()) ?? ''}`)
  await page.keyboard.press('Escape')
  await overlay.waitFor({ state: 'hidden' })
  return found
}

describe
  .skipIf(chromiumMissing !== null)
  .each((['light', 'dark'] as const).flatMap((theme) => Language.options.map((language) => ({ theme, language }))))(
  `every screen in $theme, $language${because}`,
  ({ theme, language }) => {
    beforeAll(async () => {
      await furnished.app.process.rpc('preferences.set', { theme, language })
      await page.reload()
      await page.locator(`html[lang=${language}][data-mantine-color-scheme=${theme}]`).waitFor()
    })

    it('trips up nobody, with its menus and pop-ups open', { timeout: 600_000 }, async () => {
      const found: string[] = []
      let opened = 0
      for (const place of places(furnished)) {
        await furnished.go(place)
        await settled()
        found.push(...(await violations(place)))
        const count = await openers().count()
        opened += count
        for (let index = 0; index < count; index += 1) found.push(...(await lookInside(openers().nth(index), place)))
      }
      expect([...new Set(found)]).toEqual([])
      // A look that opens nothing would find nothing.
      expect(opened).toBeGreaterThan(10)
    })

    it('trips up nobody in the palette and in a tooltip', { timeout: 300_000 }, async () => {
      await furnished.go(`/stories/${furnished.storyId}`)
      await settled()
      await page.keyboard.press('Control+K')
      await page.getByRole('dialog').waitFor()
      const found = await violations('palette')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })

      await furnished.go(`/presets/${furnished.presetId}/main`)
      await settled()
      await page
        .getByRole('tabpanel')
        .getByRole('button', { name: /temperature|температура/i })
        .first()
        .hover()
      await page.getByRole('tooltip').waitFor()
      found.push(...(await violations('tooltip')))
      expect(found).toEqual([])
      expect(furnished.app.troubles).toEqual([])
    })
  }
)
