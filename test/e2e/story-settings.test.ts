import axe from 'axe-core'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RoleId, type PresetId, type StoryId } from '@contract/ids'
import type { ModelSettings } from '@contract/entities/model-config'
import common from '@resources/locales/en/common.json'
import presets from '@resources/locales/en/presets.json'
import settings from '@resources/locales/en/story-settings.json'
import writing from '@resources/locales/en/writing.json'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { composer, sendButton } from './screens'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`
const main = RoleId.parse('main')

let dataDir: string
let fake: FakeOpenAi
let app: BrowserApp
let page: Page
let used: ModelSettings
let presetId: PresetId
let story: StoryId
let other: StoryId

/** Two stories of one preset, whose temperature is 0.8. */
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fabula-story-settings-'))
  fake = await startFakeOpenAi({ keys: ['sk-e2e'] })
  app = await startBrowserApp({ dataDir })
  page = app.page
  const { rpc } = { rpc: app.process.rpc.bind(app.process) }
  const provider = await rpc('providers.create', { name: 'Fake', baseUrl: fake.url, keyRequired: true })
  await rpc('tokens.add', { providerId: provider.id, name: 'home', secret: 'sk-e2e' })
  used = { providerId: provider.id, model: 'fake-model' }
  presetId = (await rpc('presets.create', { name: 'Gothic, slow', roles: {} })).id
  await presetSays(0.8)
  story = (await rpc('stories.create', { language: 'en', presetId, title: 'The Lighthouse' })).id
  other = (await rpc('stories.create', { language: 'en', presetId, title: 'The Wreck' })).id
  await rpc('preferences.set', { guideDone: true })
})

afterEach(async () => {
  await app.kill()
  await fake.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const presetSays = (temperature: number) =>
  app.process.rpc('presets.setRole', {
    id: presetId,
    role: main,
    value: { enabled: true, modelConfigId: null, settings: { ...used, samplers: { temperature } } },
  })

const go = (hash: string) => page.evaluate((place) => (window.location.hash = place), hash)
const openStory = async (id: StoryId) => {
  await go(`/stories/${id}`)
  await composer(page).waitFor()
}
const row = () => page.getByRole('group', { name: 'Temperature' })
const exact = () => row().getByRole('spinbutton')
const saved = () => page.getByText(common.saveState.saved, { exact: true }).waitFor()
/** What a turn with this line puts on the wire. */
const sent = async (line: string) => {
  await composer(page).fill(line)
  await sendButton(page).click()
  return (await fake.nextRequest('/chat/completions')).body
}
const cast = () => page.getByRole('complementary', { name: writing.cast.heading })
const text = (key: string, facts: Record<string, string>) =>
  Object.entries(facts).reduce((said, [name, value]) => said.replace(`{{${name}}}`, value), key)

/** What axe finds on the page as it is drawn, contrast included. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    // Placed there by the line above, in the page's own world.
    const { axe: found } = window as unknown as { axe: typeof axe }
    const { violations: all } = await found.run(document)
    return all.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}

describe.skipIf(chromiumMissing !== null)(`the settings of a story in Chromium${because}`, () => {
  it('differ from the preset, notice that it changed, go back to it, and never reach another story', async () => {
    await openStory(story)
    await cast().getByRole('link', { name: settings.cast.settings, exact: true }).click()
    await row().getByText(settings.origin.preset, { exact: true }).waitFor()
    expect(await exact().inputValue()).toBe('0.80')

    await exact().fill('0.95')
    await row()
      .getByText(text(settings.mark.says, { value: '0.80' }))
      .waitFor()
    await saved()
    await page.getByRole('link', { name: settings.back }).click()
    await cast()
      .getByRole('link', { name: text(settings.cast.both, { name: 'Temperature', here: '0.95', preset: '0.80' }) })
      .waitFor()
    expect(await sent('It rains.')).toMatchObject({ temperature: 0.95 })

    await openStory(other)
    expect(await sent('It rains.')).toMatchObject({ temperature: 0.8 })

    await presetSays(0.6)
    await go(`/stories/${story}/settings/main`)
    await row()
      .getByText(text(settings.mark.then, { before: '0.80', now: '0.60' }))
      .waitFor()
    expect(await violations()).toEqual([])
    await row()
      .getByRole('button', { name: text(settings.mark.keepOf, { name: 'Temperature' }) })
      .click()
    await row()
      .getByText(text(settings.mark.then, { before: '0.80', now: '0.60' }))
      .waitFor({ state: 'hidden' })
    await row()
      .getByText(text(settings.mark.says, { value: '0.60' }))
      .waitFor()
    await saved()

    await presetSays(0.5)
    await row()
      .getByRole('button', { name: text(settings.mark.takeOf, { name: 'Temperature' }) })
      .click()
    await row().getByText(settings.origin.preset, { exact: true }).waitFor()
    expect(await exact().inputValue()).toBe('0.50')
    await openStory(story)
    expect(await sent('And then?')).toMatchObject({ temperature: 0.5 })
    expect(app.troubles).toEqual([])
  })

  it('become a preset of their own, by keyboard, and the other story stays with the old one', async () => {
    await go(`/stories/${story}/settings/main`)
    await exact().focus()
    await page.keyboard.press('ArrowUp')
    await saved()
    const before = await exact().inputValue()
    const save = page.getByRole('button', { name: settings.save.action })
    await save.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: settings.save.title })
    await dialog.getByRole('textbox', { name: settings.save.name }).fill('Gothic, wild')
    expect(await violations()).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText(text(settings.save.done, { name: 'Gothic, wild' })).waitFor()

    await page.getByRole('link', { name: 'Gothic, wild' }).waitFor()
    await row().getByText(settings.origin.preset, { exact: true }).waitFor()
    expect(await exact().inputValue()).toBe(before)
    await save.waitFor({ state: 'hidden' })
    await go(`/stories/${other}/settings/main`)
    await page.getByRole('link', { name: 'Gothic, slow' }).waitFor()
    expect(await exact().inputValue()).toBe('0.80')
    expect(app.troubles).toEqual([])
  })

  it('switch a role for one story, and are given back as a whole with a way to undo', async () => {
    await go(`/stories/${story}/settings/storyteller`)
    const teller = page.getByRole('switch', { name: text(presets.switch, { role: 'Storyteller' }), exact: true })
    await teller.check({ force: true })
    await saved()
    expect(await app.process.rpc('stories.cast', { id: other })).toContainEqual(
      expect.objectContaining({ role: 'storyteller', enabled: false })
    )
    await page.getByRole('button', { name: settings.resetStory }).click()
    await expect.poll(() => teller.isChecked()).toBe(false)
    await page.getByRole('button', { name: common.undo }).click()
    await expect.poll(() => teller.isChecked()).toBe(true)
    expect(await app.process.rpc('stories.cast', { id: story })).toContainEqual(
      expect.objectContaining({ role: 'storyteller', enabled: true })
    )
    expect(app.troubles).toEqual([])
  })

  it.each(['light', 'dark'] as const)('read well in both languages (%s)', async (theme) => {
    await app.process.rpc('stories.override', { id: story, role: main, changes: { 'samplers.temperature': 0.95 } })
    await presetSays(0.6)
    for (const language of ['en', 'ru'] as const) {
      await app.process.rpc('preferences.set', { theme, language })
      await go(`/stories/${story}/settings/main`)
      await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language)
      await page.getByRole('spinbutton').first().waitFor()
      expect(await violations()).toEqual([])
      await go(`/stories/${story}`)
      await page.getByRole('complementary').getByRole('listitem').first().waitFor()
      expect(await violations()).toEqual([])
    }
  })
})
