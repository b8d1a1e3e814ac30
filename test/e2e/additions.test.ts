import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { RoleId, type PresetId } from '@contract/ids'
import { JsonObject } from '@contract/values'
import { buildIfStale } from '@main/launch/build'
import presets from '@resources/locales/en/presets.json'
import writing from '@resources/locales/en/writing.json'
import { PROJECT_FOLDER } from '@test/helpers/app-process'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { composer, sendButton } from './screens'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`

const text = (word: string) => ({ en: word, ru: `${word} (ru)` })
const words = (name: string) => ({
  'x-name': text(name),
  'x-help': text(`About ${name}.`),
  'x-group': 'basic',
  'x-order': 500,
})

const CHORUS = {
  id: 'chorus',
  kind: 'chat',
  switchable: true,
  name: text('Chorus'),
  help: text('Comments on what happens.'),
  takesPart: true,
}
const RHYME = { type: 'number', minimum: 0, maximum: 1, 'x-slider': [0, 1], 'x-step': 0.1, ...words('Rhyme') }
const say = (name: string) => JSON.stringify(words(name)).slice(1, -1)
const SETTINGS = `{
  "type": "object",
  "properties": {
    "voice": {
      "type": "object",
      "properties": {
        "tone": { "enum": ["warm", "cold"], "title": "Tone" },
        "depth": { "type": "integer", "minimum": 1, "maximum": 9, "title": "Depth" }
      },
      "additionalProperties": false,
      ${say('Voice')}
    },
    "hosts": { "type": "array", "items": { "enum": ["north", "south"] }, ${say('Hosts')} },
    "cast": {
      "type": "array",
      "items": { "type": "object", "properties": { "who": { "type": "string", "title": "Who" } } },
      ${say('Cast')}
    },
    "mode": { "enum": ["plain", "deep"], ${say('Mode')} }
  },
  "if": { "properties": { "mode": { "const": "deep" } }, "required": ["mode"] },
  "then": { "properties": { "budget": { "type": "integer", "minimum": 1, "maximum": 100, ${say('Budget')} } } },
  "unevaluatedProperties": false
}`

const Json = z.looseObject({ properties: z.record(z.string(), JsonObject) })

/** A copy of the app with one more role, one more sampler, and settings of every shape; nothing but data is added. */
async function buildWithAdditions(folder: string): Promise<void> {
  const settings = [
    'electron.vite.config.ts',
    'package.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'tsconfig.web.json',
  ]
  for (const part of ['src-main', 'src-preload', 'src-renderer', 'resources', ...settings])
    cpSync(join(PROJECT_FOLDER, part), join(folder, part), { recursive: true })
  symlinkSync(join(PROJECT_FOLDER, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const edit = (path: string, change: (content: unknown) => unknown) => {
    const file = join(folder, path)
    writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))))
  }
  edit('resources/roles.json', (roles) => [...z.array(z.unknown()).parse(roles), CHORUS])
  edit('resources/providers/openai-compatible.json', (content) => {
    const provider = z.looseObject({ samplerSchema: Json }).parse(content)
    return {
      ...provider,
      samplerSchema: {
        ...provider.samplerSchema,
        properties: { ...provider.samplerSchema.properties, rhyme: RHYME },
      },
      settingsSchema: JSON.parse(SETTINGS),
    }
  })
  await buildIfStale(folder)
}

describe.skipIf(chromiumMissing !== null)(`what is added as data alone, in Chromium${because}`, () => {
  const project = temporaryFolder()
  const data = temporaryFolder()
  let fake: FakeOpenAi
  let app: BrowserApp
  let page: Page
  let presetId: PresetId

  beforeAll(async () => {
    await buildWithAdditions(project.path)
    fake = await startFakeOpenAi()
    app = await startBrowserApp({ dataDir: data.path, project: project.path })
    page = app.page
    const own = await app.process.rpc('providers.create', { name: 'Own', baseUrl: fake.url, keyRequired: false })
    const settings = { providerId: own.id, model: 'fake-model' }
    const preset = await app.process.rpc('presets.create', {
      name: 'Gothic',
      roles: { main: { enabled: true, modelConfigId: null, settings } },
    })
    presetId = preset.id
    await app.process.rpc('preferences.set', { guideDone: true })
  })
  afterAll(async () => {
    await app.kill()
    await fake.stop()
    project.remove()
    data.remove()
  })

  const go = (place: string) => page.evaluate((hash) => void (location.hash = hash), place)
  const row = (name: string) => page.getByRole('group', { name, exact: true })
  const roleOf = async (id: string) => {
    const { roles } = await app.process.rpc('presets.get', { id: presetId })
    return Object.entries(roles).find(([role]) => role === id)?.[1]
  }
  const unfoldSettings = () =>
    page.getByRole('button', { name: presets.providerSettings.replace('{{provider}}', 'Own') }).click()
  const write = async (line: string) => {
    const story = await app.process.rpc('stories.create', { language: 'en', presetId })
    await go(`/stories/${story.id}`)
    await composer(page).waitFor()
    await composer(page).fill(line)
    await sendButton(page).click()
    const { body } = await fake.nextRequest('/chat/completions')
    return { id: story.id, body }
  }

  it('a sampler has its field, and is sent', async () => {
    await go(`/presets/${presetId}/main`)
    await row('Rhyme').getByRole('spinbutton').fill('0.3')
    await expect.poll(async () => (await roleOf('main'))?.settings.samplers).toEqual({ rhyme: 0.3 })
    expect((await write('It rains.')).body).toMatchObject({ rhyme: 0.3 })
    expect(app.troubles).toEqual([])
  })

  it('nested objects, lists, choices and conditions are a form; what is wrong is refused by both sides', async () => {
    await go(`/presets/${presetId}/main`)
    await unfoldSettings()
    await row('Tone').getByRole('combobox').selectOption('cold')
    await row('Depth').getByRole('spinbutton').fill('12')
    await row('Depth').getByText('From 1 to 9.').waitFor()
    await row('Depth').getByRole('spinbutton').fill('4')
    await row('Hosts').getByText('south', { exact: true }).click()
    await row('Cast').getByRole('button', { name: presets.form.addEntry }).click()
    await row('Who').getByRole('textbox').fill('a ghost')
    expect(await row('Budget').count()).toBe(0)
    await row('Mode').getByRole('combobox').selectOption('deep')
    await row('Budget').getByRole('spinbutton').fill('50')
    const settings = {
      voice: { tone: 'cold', depth: 4 },
      hosts: ['south'],
      cast: [{ who: 'a ghost' }],
      mode: 'deep',
      budget: 50,
    }
    await expect.poll(async () => (await roleOf('main'))?.settings.settings).toEqual(settings)
    expect((await write('It snows.')).body).toMatchObject(settings)
    await go(`/presets/${presetId}/main`)

    const main = await roleOf('main')
    if (!main) throw new Error('There is no main')
    const role = RoleId.parse('main')
    const set = (wrong: JsonObject) =>
      app.process.rpc('presets.setRole', {
        id: presetId,
        role,
        value: { ...main, settings: { ...main.settings, settings: { ...settings, ...wrong } } },
      })
    const wrongs: [string, JsonObject][] = [
      ['voice.depth', { voice: { depth: 12 } }],
      ['hosts.0', { hosts: ['west'] }],
      ['cast.0.who', { cast: [{ who: 7 }] }],
      ['mode', { mode: 'shallow' }],
      ['budget', { budget: 1000 }],
    ]
    for (const [path, wrong] of wrongs) {
      const at = expect.stringMatching(new RegExp(`settings\\.settings\\.${path.replaceAll('.', '\\.')}$`))
      await expect(set(wrong)).rejects.toMatchObject({ code: 'setting_invalid', details: { path: at } })
    }

    await unfoldSettings()
    // What stands under a condition that is not met is kept, shown nowhere, and not sent.
    await row('Mode').getByRole('combobox').selectOption('plain')
    await row('Budget').waitFor({ state: 'hidden' })
    await expect.poll(async () => (await roleOf('main'))?.settings.settings).toMatchObject({ mode: 'plain' })
    expect((await write('It thaws.')).body).not.toHaveProperty('budget')
    expect(app.troubles).toEqual([])
  })

  it('a role is in the editor, in the cast, in the settings of a story, in the resolver and in a file', async () => {
    await go(`/presets/${presetId}/chorus`)
    await page.getByRole('tab', { name: 'Chorus', selected: true }).waitFor()
    await page.getByRole('switch', { name: presets.switch.replace('{{role}}', 'Chorus') }).check({ force: true })
    await page.getByRole('combobox', { name: presets.config.name }).waitFor()
    await expect.poll(async () => (await roleOf('chorus'))?.enabled).toBe(true)

    const story = await write('It clears.')
    await page.getByRole('complementary', { name: writing.cast.heading }).getByText('Chorus').waitFor()
    await go(`/stories/${story.id}/settings/chorus`)
    await page.getByRole('tab', { name: 'Chorus', selected: true }).waitFor()
    const { roles } = await app.process.rpc('stories.settings', { id: story.id })
    expect(roles.find(({ role }) => role === 'chorus')?.fields['enabled']).toEqual({ value: true, origin: 'preset' })

    const { text: file } = await app.process.rpc('files.export', { what: 'presets', ids: [presetId] })
    const there = Json.shape.properties
    expect(
      z.looseObject({ presets: z.tuple([z.looseObject({ roles: there })]) }).parse(JSON.parse(file))
    ).toMatchObject({
      presets: [{ roles: { chorus: { enabled: true } } }],
    })
    expect(app.troubles).toEqual([])
  })
})
