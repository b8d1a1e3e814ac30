import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import common from '@resources/locales/en/common.json'
import frame from '@resources/locales/en/frame.json'
import guide from '@resources/locales/en/guide.json'
import models from '@resources/locales/en/models.json'
import presets from '@resources/locales/en/presets.json'
import writing from '@resources/locales/en/writing.json'
import type { RunningApp } from '@test/helpers/running-app'

const STORYTELLER = 'Storyteller'
const STORYTELLER_MODEL = 'demo-poet'
/** Tokens a second: slow enough to be stopped midway on a busy computer. */
const PACE = 12

const LINES = ['A lighthouse keeper finds a letter in a bottle.', 'She rows out to the wreck.'] as const
const DRAFT = 'Below deck, somebody'

/** What the page of a story shows. */
interface Shown {
  /** Paragraphs by passage, the writer's lines among them. */
  passages: string[][]
  draft: string
}

/**
 * Someone new begins with the Demo, switches the storyteller on, writes two turns, stops the second one midway, leaves
 * a line half written and restarts the app: everything must be there. Returns what went wrong in the windows.
 */
export async function writeFirstStory(start: () => Promise<RunningApp>): Promise<string[]> {
  const first = await start()
  await beginWithDemo(first.page)
  await switchStorytellerOn(first.page)
  await openOnlyStory(first.page)
  await takeTurn(first.page, LINES[0])
  await takeTurnAndStop(first.page, LINES[1])
  await leaveDraft(first.page)
  const before = await shownBy(first.page)
  expect(before.passages).toHaveLength(2 * LINES.length)
  const troubles = [...first.troubles]
  await first.quit()

  const second = await start()
  await openOnlyStory(second.page)
  await expect.poll(() => shownBy(second.page)).toEqual(before)
  await second.page.getByText(writing.end.stopped).waitFor()
  await storyPassages(second.page).last().getByText(`${STORYTELLER_MODEL} · ${STORYTELLER}`).waitFor()
  await go(second.page, frame.places.presets)
  await expect.poll(() => storytellerSwitch(second.page).isChecked()).toBe(true)
  await second.quit()

  return [...troubles, ...second.troubles]
}

async function beginWithDemo(page: Page): Promise<void> {
  await page.getByRole('heading', { name: guide.title }).waitFor()
  await page.getByRole('button', { name: guide.demo.title }).click()
  await page.getByRole('button', { name: guide.begin }).click()
  await composer(page).waitFor()
}

async function switchStorytellerOn(page: Page): Promise<void> {
  await go(page, frame.places.presets)
  await storytellerSwitch(page).check({ force: true })
  await page.getByRole('tab', { name: STORYTELLER }).click()

  const label = presets.model.of.replace('{{role}}', STORYTELLER)
  await page.getByRole('button', { name: label }).click()
  await page.getByRole('combobox', { name: models.picker.search }).fill(STORYTELLER_MODEL)
  await page
    .getByRole('listbox', { name: models.picker.list })
    .getByRole('option', { name: STORYTELLER_MODEL })
    .first()
    .click()

  await page.getByRole('button', { name: presets.custom.title }).click()
  await page.getByRole('button', { name: presets.form.addRow }).click()
  await page.getByRole('textbox', { name: presets.form.mapKey, exact: true }).fill('pace')
  await page.getByRole('textbox', { name: presets.form.mapValueOf.replace('{{key}}', 'pace') }).fill(String(PACE))
  await page.keyboard.press('Tab')
  await page.getByText(common.saveState.saved, { exact: true }).waitFor()
}

async function takeTurn(page: Page, line: string): Promise<void> {
  await composer(page).fill(line)
  await page.getByRole('button', { name: writing.composer.send }).click()
  await page.getByRole('button', { name: writing.composer.stop }).waitFor()
  await page.getByRole('button', { name: writing.composer.send }).waitFor({ timeout: 90_000 })
  const passage = storyPassages(page).last()
  await passage.getByText(`${STORYTELLER_MODEL} · ${STORYTELLER}`).waitFor()
  expect((await paragraphs(passage)).join(' ').length).toBeGreaterThan(40)
}

async function takeTurnAndStop(page: Page, line: string): Promise<void> {
  const earlier = await storyPassages(page).count()
  await composer(page).fill(line)
  await page.getByRole('button', { name: writing.composer.send }).click()
  const passage = storyPassages(page).nth(earlier)
  await expect
    .poll(async () => ((await passage.count()) > 0 ? (await paragraphs(passage)).join('') : ''), { timeout: 60_000 })
    .toMatch(/\w{3}/)
  await page.getByRole('button', { name: writing.composer.stop }).click()
  await page.getByText(writing.end.stopped).waitFor()
}

async function leaveDraft(page: Page): Promise<void> {
  await composer(page).pressSequentially(DRAFT)
  await page.getByText(common.saveState.saving, { exact: true }).waitFor({ state: 'hidden' })
  await page.getByText(common.saveState.saved, { exact: true }).waitFor()
}

async function openOnlyStory(page: Page): Promise<void> {
  await go(page, frame.places.stories)
  await page.getByRole('main').getByRole('listitem').getByRole('link').click()
  await composer(page).waitFor()
}

const go = (page: Page, place: string) =>
  page.getByRole('navigation', { name: frame.rail.label }).getByRole('link', { name: place }).click()

const composer = (page: Page) => page.getByRole('textbox', { name: writing.composer.field })

const storytellerSwitch = (page: Page) =>
  page.getByRole('switch', { name: presets.switch.replace('{{role}}', STORYTELLER) })

const feed = (page: Page) => page.getByRole('feed', { name: writing.page.label })

const storyPassages = (page: Page) => feed(page).getByRole('article', { name: writing.passage.story, exact: true })

const paragraphs = (passage: Locator) => passage.getByRole('paragraph').allTextContents()

async function shownBy(page: Page): Promise<Shown> {
  const passages = await feed(page).getByRole('article').all()
  return {
    passages: await Promise.all(passages.map(paragraphs)),
    draft: await composer(page).inputValue(),
  }
}
