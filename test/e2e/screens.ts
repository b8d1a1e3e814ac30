import type { Page } from 'playwright-core'
import frame from '@resources/locales/en/frame.json'
import guide from '@resources/locales/en/guide.json'
import writing from '@resources/locales/en/writing.json'

/** Parts of the screens by what a reader of the screen hears, in English. */

export const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: frame.rail.label }).getByRole('link', { name }).click()

export const composer = (page: Page) => page.getByRole('textbox', { name: writing.composer.field })

export const passages = (page: Page) =>
  page
    .getByRole('feed', { name: writing.page.label })
    .getByRole('article', { name: writing.passage.story, exact: true })

export const sendButton = (page: Page) => page.getByRole('button', { name: writing.composer.send })

/** The first-run guide, by way of the demo, until the composer is there. */
export async function beginWithDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: guide.demo.title }).click()
  await page.getByRole('button', { name: guide.begin }).click()
  await composer(page).waitFor()
}

/** Sends a line and waits until the passage that follows it is there as it stays. */
export async function takeTurn(page: Page, line: string): Promise<void> {
  const before = await passages(page).count()
  await composer(page).fill(line)
  await sendButton(page).click()
  await passages(page).nth(before).waitFor({ timeout: 60_000 })
  await sendButton(page).waitFor({ timeout: 60_000 })
}
