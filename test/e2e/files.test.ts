import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { roleEntries, type PresetRole } from '@contract/entities/preset'
import common from '@resources/locales/en/common.json'
import files from '@resources/locales/en/files.json'
import frame from '@resources/locales/en/frame.json'
import presets from '@resources/locales/en/presets.json'
import type { AppProcess } from '@test/helpers/app-process'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'
import { place } from './screens'

const NAME = 'Gothic: night'
const KEY = 'sk-planted-0123456789abcdef0123456789'

let folders: TemporaryFolder[]
let here: BrowserApp
let there: BrowserApp

beforeEach(async () => {
  folders = [temporaryFolder(), temporaryFolder()]
  const [one, two] = await Promise.all(folders.map(({ path }) => startBrowserApp({ dataDir: path })))
  if (!one || !two) throw new Error('Two apps are needed')
  here = one
  there = two
})

afterEach(async () => {
  await Promise.all([here.kill(), there.kill()])
  for (const folder of folders) folder.remove()
})

/** A preset that stands on a model config, an own provider and a key. */
async function writePreset(app: AppProcess) {
  const demo = (await app.rpc('providers.list', {})).find(({ slug }) => slug === 'demo')
  if (!demo) throw new Error('There is no Demo')
  const own = await app.rpc('providers.create', { name: 'Own', baseUrl: 'http://127.0.0.1:9/v1', keyRequired: true })
  const key = await app.rpc('tokens.add', { providerId: own.id, name: 'Work', secret: KEY })
  const config = await app.rpc('modelConfigs.create', {
    name: 'Fast',
    kind: 'chat',
    settings: { providerId: own.id, model: 'tiny', tokenIds: [key.id], samplers: { temperature: 0.5 } },
  })
  const novelist = { providerId: demo.id, model: 'demo-novelist', samplers: { temperature: 0.3, top_p: 0.9 } }
  const preset = await app.rpc('presets.create', { name: NAME, roles: {} })
  const role = (id: string) => {
    const found = roleEntries(preset.roles).find((one) => one.role === id)
    if (!found) throw new Error(`There is no role ${id}`)
    return found.role
  }
  await app.rpc('presets.setRole', {
    id: preset.id,
    role: role('main'),
    value: { enabled: true, modelConfigId: config.id, settings: { samplers: { temperature: 0.8 } } },
  })
  return app.rpc('presets.setRole', {
    id: preset.id,
    role: role('storyteller'),
    value: { enabled: true, modelConfigId: null, settings: novelist },
  })
}

/** The roles of a preset with names in the place of ids, so that two apps can be compared. */
async function rolesOf(app: AppProcess, name: string): Promise<unknown> {
  const summary = (await app.rpc('presets.list', {})).find((one) => one.name === name)
  if (!summary) throw new Error(`There is no preset ${name}`)
  const providers = new Map((await app.rpc('providers.list', {})).map(({ id, slug }) => [id, slug]))
  const configs = new Map((await app.rpc('modelConfigs.list', {})).map((config) => [config.id, config]))
  const named = ({ providerId, tokenIds: _keys, ...settings }: PresetRole['settings']) => ({
    ...settings,
    provider: providerId && providers.get(providerId),
  })
  const { roles } = await app.rpc('presets.get', { id: summary.id })
  return roleEntries(roles).map(({ role, value: { enabled, modelConfigId, settings } }) => {
    const config = modelConfigId && configs.get(modelConfigId)
    return { role, enabled, config: config && [config.name, named(config.settings)], settings: named(settings) }
  })
}

async function exportByMenu(page: Page): Promise<{ name: string; text: string }> {
  await place(page, frame.places.presets)
  await page.getByRole('button', { name: presets.menu.label.replace('{{name}}', NAME) }).click()
  await page.getByRole('menuitem', { name: common.exportToFile }).click()
  await page.getByRole('checkbox', { name: NAME }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: files.export.run }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

/** Picks a file in the dialog of the system. */
async function pick(page: Page, name: string, text: string): Promise<void> {
  const actions = page.getByRole('button', { name: presets.list.actions, exact: true })
  const whereNoneIs = page.getByRole('button', { name: presets.import, exact: true })
  await actions.or(whereNoneIs).waitFor()
  const hasList = await actions.isVisible()
  if (hasList) await actions.click()
  const chooser = page.waitForEvent('filechooser')
  await (hasList ? page.getByRole('menuitem', { name: presets.import, exact: true }) : whereNoneIs).click()
  await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
}

/** Drops files and folders of this computer in the middle of the window, as the system does. */
async function dropped(page: Page, paths: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 }
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data })
  await devtools.detach()
}

const dialog = (page: Page) => page.getByRole('dialog', { name: files.import.title })

const runImport = (page: Page) => dialog(page).getByRole('button', { name: files.import.run, exact: true }).click()

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`

describe.skipIf(chromiumMissing !== null)(`files in Chromium${because}`, () => {
  it('carry a preset to another computer, edited by hand on the way', async () => {
    await writePreset(here.process)
    const { name, text } = await exportByMenu(here.page)
    expect(name).toBe('Gothic night.fabula.json')
    expect(text).not.toContain(KEY)
    const edited = text.replace('"temperature": 0.3', '"temperature": 0.4')
    expect(edited).not.toBe(text)

    await place(there.page, frame.places.presets)
    await pick(there.page, name, edited)
    await dialog(there.page).getByText(`“Work”`).waitFor()
    await runImport(there.page)
    await dialog(there.page).getByText(files.dropped.token.replace('{{name}}', 'Work')).waitFor()
    await dialog(there.page).getByRole('button', { name: common.close }).last().click()
    await there.page.getByText(NAME, { exact: true }).first().waitFor()

    const before = JSON.stringify(await rolesOf(here.process, NAME))
    expect(before).toContain('"temperature":0.3')
    expect(JSON.stringify(await rolesOf(there.process, NAME))).toBe(
      before.replace('"temperature":0.3', '"temperature":0.4')
    )
    expect([...here.troubles, ...there.troubles]).toEqual([])
  })

  it('take the place of what is here when asked to, and give it back on undo', async () => {
    const preset = await writePreset(here.process)
    const { name, text } = await exportByMenu(here.page)
    const before = await here.process.rpc('presets.get', { id: preset.id })
    await pick(here.page, name, text.replace('"temperature": 0.3', '"temperature": 0.4'))
    await dialog(here.page)
      .getByRole('combobox', { name: files.conflict.label.replace('{{name}}', NAME) })
      .selectOption({ label: files.conflict.replace })
    await runImport(here.page)
    await dialog(here.page).getByRole('button', { name: files.done.undo }).waitFor()
    expect(await here.process.rpc('presets.get', { id: preset.id })).not.toEqual(before)
    await dialog(here.page).getByRole('button', { name: common.close }).last().click()
    // Later it is found in the palette.
    await here.page.keyboard.press('Control+k')
    await here.page.getByRole('button', { name: frame.palette.undoImport.replace('{{name}}', name) }).click()
    await here.page.getByText(files.done.undone).waitFor()
    expect(await here.process.rpc('presets.get', { id: preset.id })).toEqual(before)
    expect(here.troubles).toEqual([])
  })

  it('are refused with the path of the fault, and change nothing; and come in with a folder that is dropped', async () => {
    await writePreset(here.process)
    const { name, text } = await exportByMenu(here.page)
    await place(there.page, frame.places.presets)
    await pick(there.page, name, text.replace('"temperature": 0.3', '"temperature": "warm"'))
    await dialog(there.page).getByText('presets[0].roles.storyteller.settings.samplers.temperature').waitFor()
    expect(await there.process.rpc('presets.list', {})).toEqual([])
    expect(await there.process.rpc('modelConfigs.list', {})).toEqual([])

    // The dialog stays, to try another.
    const chooser = there.page.waitForEvent('filechooser')
    await dialog(there.page).getByRole('button', { name: files.import.another }).click()
    await (
      await chooser
    ).setFiles({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(text.padEnd(10_000_001)),
    })
    await dialog(there.page).getByText('10,000,000').waitFor()
    await there.page.keyboard.press('Escape')
    await dialog(there.page).waitFor({ state: 'hidden' })

    const folder = temporaryFolder()
    folders.push(folder)
    const card = { spec: 'chara_card_v2', spec_version: '2.0', data: { name: 'Mira', description: 'Keeps the light.' } }
    mkdirSync(join(folder.path, 'deeper', 'node_modules'), { recursive: true })
    writeFileSync(join(folder.path, name), text)
    writeFileSync(join(folder.path, 'notes.md'), 'Only notes.')
    writeFileSync(join(folder.path, 'deeper', 'mira.json'), JSON.stringify(card))
    writeFileSync(join(folder.path, 'deeper', 'harbour.jinja'), 'Name {{ town }}.')
    writeFileSync(join(folder.path, 'deeper', 'node_modules', 'other.jinja'), '{{ other }}')
    await dropped(there.page, [folder.path])
    for (const item of [NAME, 'Fast', 'Mira', 'harbour']) await dialog(there.page).getByText(item).first().waitFor()
    await runImport(there.page)
    await dialog(there.page).getByRole('button', { name: files.done.undo }).waitFor()
    expect((await there.process.rpc('presets.list', {})).map((one) => one.name)).toEqual([NAME])
    const templates = await there.process.rpc('templates.list', {})
    expect(templates.flatMap((one) => (one.starter === null ? one.name : []))).toEqual(['harbour'])
    expect((await there.process.rpc('worlds.list', {})).map((one) => one.name)).toEqual(['Mira'])
    expect(there.troubles).toEqual([])
  })
})
