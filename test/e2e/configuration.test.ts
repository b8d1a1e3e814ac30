import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ModelConfigId, PresetId } from '@contract/ids'
import common from '@resources/locales/en/common.json'
import frame from '@resources/locales/en/frame.json'
import models from '@resources/locales/en/models.json'
import presets from '@resources/locales/en/presets.json'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`

let dataDir: string
let app: BrowserApp

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fabula-configuration-'))
  app = await startBrowserApp({ dataDir })
})

afterEach(async () => {
  await app.kill()
  await rm(dataDir, { recursive: true, force: true })
})

const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

const go = (page: Page, place: string) =>
  page.getByRole('navigation', { name: frame.rail.label }).getByRole('link', { name: place }).click()

/** Opens an address inside the app. */
const open = (page: Page, place: string) => page.evaluate((hash) => void (location.hash = hash), place)

/** Waits until main has what the page shows. */
const stored = <Value>(read: () => Promise<Value>, wanted: Value) => expect.poll(read).toEqual(wanted)

async function makeConfig(page: Page, model: string, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: models.new.title })
  await dialog.getByRole('button', { name: `${models.new.model}: ` }).click()
  await page.getByRole('combobox', { name: models.picker.search }).fill(model)
  await page.getByRole('listbox', { name: models.picker.list }).getByRole('option', { name: model }).first().click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('button', { name: models.new.create }).click()
  await dialog.waitFor({ state: 'hidden' })
}

async function chooseConfig(page: Page, config: string): Promise<void> {
  await page.getByRole('combobox', { name: presets.config.name }).click()
  await page.getByRole('option', { name: config }).click()
}

describe.skipIf(chromiumMissing !== null)(`model configs and presets in Chromium${because}`, () => {
  it('makes a model config, uses it in two roles, and does not let it be deleted while they do', async () => {
    const { page, process, troubles } = app
    const [demo] = (await process.rpc('providers.list', {})).filter(({ slug }) => slug === 'demo')
    if (!demo) throw new Error('There is no Demo')
    const gothic = await process.rpc('presets.create', { name: 'Gothic' })
    await process.rpc('presets.create', { name: 'Plain' })
    const story = await process.rpc('stories.create', { title: 'Fog', language: 'en', presetId: gothic.id })
    await process.rpc('preferences.set', { guideDone: true })

    await go(page, frame.places.models)
    await page.getByText(models.empty).waitFor()
    await page.getByRole('button', { name: models.newButton }).first().click()
    await makeConfig(page, 'demo-poet', 'House style')
    await page.getByRole('textbox', { name: models.name }).waitFor()
    const temperature = page.getByRole('group', { name: 'Temperature' }).getByRole('spinbutton')
    await temperature.fill('0.4')
    const [config] = await process.rpc('modelConfigs.list', {})
    if (!config) throw new Error('Nothing was made')
    const samplers = async () => (await process.rpc('modelConfigs.list', {}))[0]?.settings.samplers
    await stored(samplers, { temperature: 0.4 })

    const configOf = async (role: string) => {
      const { roles } = await process.rpc('presets.get', { id: gothic.id })
      return Object.entries(roles).find(([id]) => id === role)?.[1].modelConfigId
    }
    await open(page, `/presets/${gothic.id}/main`)
    await chooseConfig(page, 'House style')
    await expect.poll(() => temperature.getAttribute('placeholder')).toBe('0.40')
    await stored(() => configOf('main'), config.id)
    await page.getByRole('tab', { name: 'Storyteller' }).click()
    await chooseConfig(page, 'House style')
    await stored(() => configOf('storyteller'), config.id)
    // The story takes what its preset takes.
    const { roles } = await process.rpc('stories.settings', { id: story.id })
    expect(roles[0]?.fields['samplers.temperature']).toEqual({ value: 0.4, origin: 'modelConfig' })

    await page.getByRole('link', { name: presets.config.open }).click()
    const users = page.getByRole('region', { name: models.users.title })
    await users.getByRole('link', { name: 'Gothic' }).waitFor()
    await page.getByRole('button', { name: fill(models.menu.label, { name: 'House style' }) }).click()
    await page.getByRole('menuitem', { name: common.delete }).click()
    await page.getByRole('dialog').getByRole('button', { name: common.delete }).click()
    await page.getByRole('alert').getByText('By Gothic.').waitFor()
    expect((await process.rpc('modelConfigs.list', {})).map(({ name }) => name)).toEqual(['House style'])
    expect(troubles).toEqual([])
  })

  it('builds a fallback chain, orders it by keyboard, and asks for consent before a paid model', async () => {
    const { page, process, troubles } = app
    const providers = await process.rpc('providers.list', {})
    const idOf = (slug: string) => {
      const found = providers.find((provider) => provider.slug === slug)
      if (!found) throw new Error(`There is no ${slug}`)
      return found.id
    }
    const configs: Record<string, ModelConfigId> = {}
    for (const [name, providerId, model] of [
      ['Here', idOf('demo'), 'demo-poet'],
      ['Cloud', idOf('openrouter'), 'maker/large'],
    ] as const) {
      configs[name] = (
        await process.rpc('modelConfigs.create', { name, kind: 'chat', settings: { providerId, model } })
      ).id
    }
    const preset = await process.rpc('presets.create', { name: 'Gothic' })
    const fallback = async (id: PresetId = preset.id) => (await process.rpc('presets.get', { id })).fallback
    await process.rpc('preferences.set', { guideDone: true })

    await open(page, `/presets/${preset.id}/fallback`)
    const chain = presets.fallback.chain.errors
    for (const name of ['Cloud', 'Here']) {
      await page.getByRole('combobox', { name: fill(presets.fallback.addTo, { chain }) }).click()
      await page.getByRole('option', { name }).click()
    }
    await stored(async () => (await fallback()).chains.errors, [configs['Cloud'], configs['Here']])
    expect(await page.getByText(/may cost money/).count()).toBe(0)

    await page.getByRole('button', { name: /^Move Here, 2 of 2/ }).focus()
    await page.keyboard.press('ArrowUp')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^Move Here, 1 of 2/)
    await stored(async () => (await fallback()).chains.errors, [configs['Here'], configs['Cloud']])
    await page.getByText('Cloud may cost money, so it is not tried after a local model.').waitFor()

    await page.getByRole('switch', { name: presets.fallback.allowPaid }).focus()
    await page.keyboard.press('Space')
    await stored(async () => (await fallback()).allowPaid, true)
    expect(await page.getByText(/may cost money/).count()).toBe(0)
    expect(troubles).toEqual([])
  })

  it('says which stories a change reaches, and compares two presets', async () => {
    const { page, process, troubles } = app
    const [demo] = (await process.rpc('providers.list', {})).filter(({ slug }) => slug === 'demo')
    if (!demo) throw new Error('There is no Demo')
    const main = (temperature: number) => ({
      main: {
        enabled: true,
        modelConfigId: null,
        settings: { providerId: demo.id, model: 'demo-poet', samplers: { temperature } },
      },
    })
    const gothic = await process.rpc('presets.create', { name: 'Gothic', roles: main(0.5) })
    await process.rpc('presets.create', { name: 'Plain', roles: main(0.9) })
    await process.rpc('stories.create', { title: 'Fog', language: 'en', presetId: gothic.id })
    const own = await process.rpc('stories.create', { title: 'Salt', language: 'en', presetId: gothic.id })
    const [role] = (await process.rpc('roles.list', {})).map(({ id }) => id)
    if (!role) throw new Error('There are no roles')
    await process.rpc('stories.override', { id: own.id, role, changes: { 'samplers.temperature': 1.3 } })
    await process.rpc('preferences.set', { guideDone: true })

    await open(page, `/presets/${gothic.id}/main`)
    await page.getByRole('group', { name: 'Temperature' }).getByRole('spinbutton').fill('0.7')
    await page.getByText('Writer: reaches 1 story. 1 story keeps its own value.').waitFor()
    await page.getByRole('button', { name: presets.effects.which }).click()
    await page.getByRole('listitem').filter({ hasText: 'Salt keeps its own temperature' }).waitFor()

    const temperature = async () =>
      (await process.rpc('presets.get', { id: gothic.id })).roles[role]?.settings.samplers?.['temperature']
    await stored(temperature, 0.7)
    await page.getByRole('button', { name: presets.menu.compare }).click()
    const dialog = page.getByRole('dialog', { name: fill(presets.compare.title, { name: 'Gothic' }) })
    const row = dialog.getByRole('row', { name: /^Temperature/ })
    await expect.poll(() => row.getByRole('cell').allTextContents()).toEqual(['0.70', '0.90'])
    expect(troubles).toEqual([])
  })

  it('shows only the visible ones of 1,000 presets and 500 model configs, and finds one by its name', async () => {
    const { page, process, troubles } = app
    const [demo] = (await process.rpc('providers.list', {})).filter(({ slug }) => slug === 'demo')
    if (!demo) throw new Error('There is no Demo')
    // A window that looks on would ask for its lists 1,500 times.
    await page.goto('about:blank')
    const settings = { providerId: demo.id, model: 'demo-poet' }
    // As many at a time as the shell has connections for, with room for the window.
    for (let from = 0; from < 1000; from += 500) {
      const numbers = Array.from({ length: 500 }, (_, at) => from + at)
      await Promise.all(numbers.map((n) => process.rpc('presets.create', { name: `Preset ${n}` })))
    }
    const numbers = Array.from({ length: 500 }, (_, n) => n)
    await Promise.all(
      numbers.map((n) => process.rpc('modelConfigs.create', { name: `Config ${n}`, kind: 'chat', settings }))
    )
    await process.rpc('preferences.set', { guideDone: true })
    await page.goto(process.url)

    const links = (label: string) => page.getByRole('navigation', { name: label, exact: true }).getByRole('link')
    await go(page, frame.places.presets)
    await links(presets.title).first().waitFor()
    expect(await links(presets.title).count()).toBeLessThan(50)
    await page.getByRole('textbox', { name: presets.list.search }).fill('Preset 777')
    await expect.poll(() => links(presets.title).count()).toBe(1)
    await go(page, frame.places.models)
    await links(models.title).first().waitFor()
    expect(await links(models.title).count()).toBeLessThan(50)
    await page.getByRole('textbox', { name: models.list.search }).fill('Config 321')
    await expect.poll(() => links(models.title).count()).toBe(1)
    expect(troubles).toEqual([])
  })
})
