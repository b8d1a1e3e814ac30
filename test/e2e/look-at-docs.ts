import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Has something of every kind that the page shows: to measure the contrast of all 4,000 pieces takes ten seconds. */
const SAMPLE = ['nav', 'h1', '#createBatch', '#listCalls', '#schema-BatchSource', '#schema-Batch']

/** What axe finds on the page that describes the API, in the light and in the dark; and that it can be read by keyboard alone. */
export async function lookAtDocs(window: Page, origin: string): Promise<string[]> {
  const page = await window.context().newPage()
  await page.goto(`${origin}/docs`)
  await page.evaluate(axe.source)
  const violations = (parts: readonly string[], options: axe.RunOptions) =>
    page.evaluate(
      async ({ include, more }) => {
        const { axe: engine } = globalThis as unknown as { axe: typeof axe }
        const { violations: all } = await engine.run({ include }, { ...more, resultTypes: ['violations'] })
        return all.flatMap(({ id, nodes }) => nodes.map(({ html }) => `docs: ${id}: ${html.slice(0, 240)}`))
      },
      { include: parts.map((part) => [part]), more: options }
    )
  for (const part of SAMPLE) expect(await page.locator(part).count()).toBe(1)
  const found = await violations(['html'], { rules: { 'color-contrast': { enabled: false } } })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await violations(SAMPLE, { runOnly: ['color-contrast', 'link-in-text-block'] })))
  }
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(page.url()).toBe(`${origin}/docs#top`)
  // From there on the text is read, and not the contents before it.
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('openapi.json')
  await page.close()
  return found
}
