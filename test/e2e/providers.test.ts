import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RoleId } from '@contract/ids'
import common from '@resources/locales/en/common.json'
import files from '@resources/locales/en/files.json'
import frame from '@resources/locales/en/frame.json'
import models from '@resources/locales/en/models.json'
import presets from '@resources/locales/en/presets.json'
import providers from '@resources/locales/en/providers.json'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'
import { place } from './screens'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`
const KEY = 'sk-planted-0123456789abcdef0123456789'

let folder: TemporaryFolder
let fake: FakeOpenAi
let app: BrowserApp

beforeEach(async () => {
  folder = temporaryFolder()
  fake = await startFakeOpenAi({ keys: [KEY], models: ['one', 'two'] })
  app = await startBrowserApp({ dataDir: folder.path })
  await app.process.rpc('preferences.set', { guideDone: true })
})
afterEach(async () => {
  await app.kill()
  await fake.stop()
  folder.remove()
})

const fill = (text: string, name: string) => text.replace('{{name}}', name)

describe.skipIf(chromiumMissing !== null)(`providers in Chromium${because}`, () => {
  it('are added, take a key once, ask for it again at another address, and are deleted', async () => {
    const { page, process } = app
    await place(page, frame.places.providers)
    await page.getByRole('button', { name: providers.add }).click()
    const dialog = page.getByRole('dialog', { name: providers.form.add })
    await dialog.getByRole('textbox', { name: common.name }).fill('Workshop')
    await dialog.getByRole('textbox', { name: providers.address.title }).fill(fake.url)
    await dialog.getByRole('switch', { name: providers.form.keyRequired }).check({ force: true })
    await dialog.getByRole('button', { name: providers.form.advanced }).click()
    await dialog.getByRole('textbox', { name: providers.form.headers }).fill('X-Team: ravens')
    await dialog.getByRole('textbox', { name: providers.form.body }).fill('{ "cache_prompt": true }')
    await dialog.getByRole('button', { name: common.add, exact: true }).click()
    await page.getByRole('heading', { name: 'Workshop', exact: true }).waitFor()
    const [own] = (await process.rpc('providers.list', {})).filter(({ name }) => name === 'Workshop')
    expect(own).toMatchObject({ headers: { 'X-Team': 'ravens' }, extraBody: { cache_prompt: true } })

    const pasted = page.getByRole('textbox', { name: common.key, exact: true })
    await pasted.fill(KEY)
    await page.getByRole('button', { name: providers.keys.checkAndAdd }).click()
    await page.getByText(common.token.active, { exact: true }).waitFor()
    expect(fake.requests.at(-1)?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'x-team': 'ravens' })
    expect(await page.content()).not.toContain(KEY)

    await page.getByRole('button', { name: providers.keys.add }).click()
    await pasted.fill(KEY)
    await page.getByRole('button', { name: providers.keys.checkAndAdd }).click()
    await page.getByRole('alert').getByText(providers.keys.defaultName).first().waitFor()
    expect(await process.rpc('tokens.list', {})).toHaveLength(1)
    await page.getByRole('button', { name: common.cancel }).click()

    await page.getByRole('button', { name: fill(providers.keys.more, 'Key') }).click()
    await page.getByRole('menuitem', { name: common.rename }).click()
    await page.getByRole('textbox', { name: providers.keys.newName }).fill('Home')
    await page.keyboard.press('Enter')
    await page.getByText('Home', { exact: true }).waitFor()

    const moved = await startFakeOpenAi({ keys: [KEY], models: ['one'] })
    try {
      await page.getByRole('textbox', { name: providers.address.title }).fill(moved.url)
      await page.getByText(providers.address.keysAgain).waitFor()
      await page.getByRole('button', { name: common.save }).click()
      await page.getByText(common.token.needsKey, { exact: true }).first().waitFor()
      await page.getByRole('button', { name: providers.keys.pasteAgain }).click()
      const again = page.getByRole('dialog', { name: fill(providers.keys.replaceTitle, 'Home') })
      await again.getByRole('textbox', { name: common.key, exact: true }).fill(KEY)
      await again.getByRole('button', { name: providers.keys.replace }).click()
      await page.getByRole('button', { name: fill(providers.keys.checkNamed, 'Home') }).click()
      await page.getByText(common.token.active, { exact: true }).waitFor()
      // A server that answers with the key is asked once more without it.
      expect(moved.requests.map(({ headers }) => headers['authorization'])).toContain(`Bearer ${KEY}`)
    } finally {
      await moved.stop()
    }

    await page.getByRole('button', { name: common.delete, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: common.delete }).click()
    await page.getByRole('heading', { name: 'Workshop', exact: true }).waitFor({ state: 'hidden' })
    expect((await process.rpc('providers.list', {})).some(({ name }) => name === 'Workshop')).toBe(false)
    expect(await process.rpc('tokens.list', {})).toEqual([])
    expect(app.troubles).toEqual([])
  })

  it('may be none but what is built in: an embedding is made, sized and compared with no network', async () => {
    const { page, process } = app
    await place(page, frame.places.models)
    await page.getByRole('button', { name: models.newButton }).click()
    const dialog = page.getByRole('dialog', { name: models.new.title })
    await dialog.getByText(models.kind.embedding, { exact: true }).click()
    await dialog.getByRole('button', { name: `${models.new.model}: ` }).click()
    await page.getByRole('combobox', { name: models.picker.search }).fill('words-2')
    await page.getByRole('listbox', { name: models.picker.list }).getByRole('option').first().click()
    await dialog.getByRole('textbox', { name: common.name }).fill('Memory')
    await dialog.getByRole('button', { name: models.new.create }).click()
    await dialog.waitFor({ state: 'hidden' })

    const test = page.getByRole('region', { name: presets.embeddingTest.title })
    const compare = () => test.getByRole('button', { name: presets.embeddingTest.run }).click()
    await compare()
    await test.getByText(/of 1 · \d+ dimensions/).waitFor()
    await page.getByRole('group', { name: 'Dimensions' }).getByRole('combobox').selectOption({ label: '256' })
    await compare()
    await test.getByText(/of 1 · 256 dimensions/).waitFor()
    expect(await process.rpc('modelConfigs.list', {})).toMatchObject([{ name: 'Memory', kind: 'embedding' }])
    expect(fake.requests).toEqual([])
    expect(app.troubles).toEqual([])
  })

  it('show 200 keys, and answer at once to what is done with one', async () => {
    const { page, process } = app
    await page.goto('about:blank')
    const own = await process.rpc('providers.create', { name: 'Many', baseUrl: fake.url, keyRequired: true })
    for (let n = 0; n < 200; n += 1)
      await process.rpc('tokens.add', { providerId: own.id, name: `Key ${n}`, secret: `sk-planted-number-${n}` })
    await page.goto(process.url)
    await page.evaluate((id) => void (location.hash = `/providers/${id}`), own.id)
    const rows = page.getByRole('button', { name: /^Check key/ })
    await rows.first().waitFor()
    expect(await rows.count()).toBeLessThan(50)
    await page.getByRole('button', { name: providers.keys.showAll.replace('{{shown}}', '200') }).click()
    await page.getByText('Key 199', { exact: true }).waitFor()
    await page.getByRole('button', { name: fill(providers.keys.more, 'Key 150') }).click()
    await page.getByRole('menuitem', { name: common.rename }).click()
    await page.getByRole('textbox', { name: providers.keys.newName }).fill('The one')
    await page.keyboard.press('Enter')
    await page.getByText('The one', { exact: true }).waitFor()
    expect(app.troubles).toEqual([])
  })

  it('take the preset of another program, with every loss named', async () => {
    const { page, process } = app
    const foreign = {
      temperature: 0.9,
      top_p: 0.8,
      openai_max_tokens: 300,
      openai_model: 'gpt-4o',
      wrap_in_quotes: true,
    }
    await place(page, frame.places.presets)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: presets.import, exact: true }).click()
    const buffer = Buffer.from(JSON.stringify({ chat_completion_source: 'openai', prompts: [], ...foreign }))
    await (await chooser).setFiles({ name: 'Crypt.json', mimeType: 'application/json', buffer })
    const dialog = page.getByRole('dialog', { name: files.import.title })
    await dialog.locator('summary').click()
    await dialog.getByText('wrap_in_quotes').waitFor()
    await dialog.getByRole('button', { name: files.import.run, exact: true }).click()
    await expect.poll(async () => (await process.rpc('presets.list', {})).map(({ name }) => name)).toEqual(['Crypt'])
    const [preset] = await process.rpc('presets.list', {})
    if (!preset) throw new Error('Nothing came in')
    const { roles } = await process.rpc('presets.get', { id: preset.id })
    expect(roles[RoleId.parse('main')]?.settings).toMatchObject({
      model: 'gpt-4o',
      samplers: { temperature: 0.9, top_p: 0.8 },
    })
    expect(app.troubles).toEqual([])
  })
})
