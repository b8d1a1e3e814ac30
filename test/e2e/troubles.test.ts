import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { ErrorCode } from '@contract/errors'
import { RoleId } from '@contract/ids'
import type { Language } from '@contract/values'
import enErrors from '@resources/locales/en/errors.json'
import enWriting from '@resources/locales/en/writing.json'
import ruErrors from '@resources/locales/ru/errors.json'
import ruWriting from '@resources/locales/ru/writing.json'
import { startBrowserApp, chromiumMissing, type BrowserApp } from '@test/helpers/browser-app'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { mountSmallDisk, smallDiskMissing } from '@test/helpers/small-disk'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const texts = {
  en: { errors: enErrors, writing: enWriting },
  ru: { errors: ruErrors, writing: ruWriting },
}
const KEY = 'sk-planted-0123456789abcdef0123456789'
const MAIN = RoleId.parse('main')

/** Undone after each test, last made first. */
let undo: (() => unknown)[] = []
const later = <Thing>(thing: Thing, end: (thing: Thing) => unknown): Thing => {
  undo.unshift(() => end(thing))
  return thing
}
afterEach(async () => {
  for (const step of undo) await step()
  undo = []
})

const start = async (dataDir: string, env: Record<string, string> = {}) =>
  later(await startBrowserApp({ dataDir, env }), (app) => app.kill())

const folder = () => later(temporaryFolder(), ({ remove }) => remove()).path

const composer = (page: Page, language: Language) =>
  page.getByRole('textbox', { name: texts[language].writing.composer.field })
const sendButton = (page: Page, language: Language) =>
  page.getByRole('button', { name: texts[language].writing.composer.send })

/** What an error says happened, whatever is filled in, as a pattern. */
function happened(language: Language, code: ErrorCode): RegExp {
  const { what } = texts[language].errors[code]
  const variants = (typeof what === 'string' ? [what] : what).map((text) =>
    text
      .split(/\{\{.*?\}\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')
  )
  return new RegExp(variants.join('|'))
}

/** A story with an own provider as main, opened in the language. */
async function openStory(app: BrowserApp, language: Language, baseUrl: string, secret = KEY): Promise<void> {
  const { process, page } = app
  const provider = await process.rpc('providers.create', { name: 'Lantern', baseUrl, keyRequired: true })
  const token = await process.rpc('tokens.add', { providerId: provider.id, name: 'mine', secret })
  const settings = { providerId: provider.id, model: 'fake-model', tokenIds: [token.id] }
  await process.rpc('presets.create', {
    name: 'Mine',
    roles: { [MAIN]: { enabled: true, modelConfigId: null, settings } },
  })
  const story = await process.rpc('stories.create', { language, title: 'The lamp' })
  await process.rpc('preferences.set', { language, guideDone: true })
  await page.goto(`${process.origin}/#/stories/${story.id}`)
  await composer(page, language).waitFor()
}

async function send(page: Page, language: Language, line: string): Promise<void> {
  await composer(page, language).fill(line)
  await sendButton(page, language).click()
}

const missing = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`

describe.skipIf(chromiumMissing !== null).each(['en', 'ru'] as const)(`trouble, said in %s${missing}`, (language) => {
  it('a network that goes away midway: what came stays, and the next try works', async () => {
    const fake = later(await startFakeOpenAi(), ({ stop }) => stop())
    const app = await start(folder())
    await openStory(app, language, fake.url)
    const gate = createGate()
    fake.answerWith(chatReply.stream(['Nobody had climbed ', 'the stairs', gate]))
    await send(app.page, language, 'I go up.')
    await app.page.getByText('Nobody had climbed the stairs').waitFor()
    await fake.goDown()
    await app.page.getByText(happened(language, 'provider_broke_off')).first().waitFor()
    await app.page.getByText('Nobody had climbed the stairs').waitFor()

    await send(app.page, language, 'I go up again.')
    await app.page.getByText(happened(language, 'provider_unreachable')).first().waitFor()
    await fake.comeBack()
    fake.alwaysAnswerWith(chatReply.stream(['There she was.']))
    await app.page.getByRole('button', { name: texts[language].writing.composer.retry }).last().click()
    await app.page.getByText('There she was.').waitFor()
    expect(await app.page.getByText('Nobody had climbed the stairs').count()).toBe(1)
    gate.open()
  })

  it('a key that is refused', async () => {
    const fake = later(await startFakeOpenAi({ keys: ['sk-another-0123456789abcdef'] }), ({ stop }) => stop())
    const app = await start(folder())
    await openStory(app, language, fake.url)
    await send(app.page, language, 'I knock.')
    await app.page.getByText(happened(language, 'provider_unauthorized')).first().waitFor()
    expect(await app.page.content()).not.toContain(KEY)
  })

  it('an Ollama that is dead: the app is there at once, and says so where it matters', async () => {
    const ollama = await startFakeOllama({ models: [{ name: 'gone:8b', capabilities: ['completion'] }] })
    const dataDir = folder()
    const first = await start(dataDir, { OLLAMA_HOST: ollama.url })
    await expect
      .poll(async () => (await first.process.rpc('models.list', {})).some(({ model }) => model === 'gone:8b'))
      .toBe(true)
    await first.quit()
    await ollama.stop()

    const app = await start(dataDir)
    const [model] = (await app.process.rpc('models.list', {})).filter((one) => one.model === 'gone:8b')
    if (!model) throw new Error('The model is forgotten')
    await app.process.rpc('presets.create', {
      name: 'Local',
      roles: {
        [MAIN]: {
          enabled: true,
          modelConfigId: null,
          settings: { providerId: model.providerId, model: model.model },
        },
      },
    })
    const story = await app.process.rpc('stories.create', { language })
    await app.process.rpc('preferences.set', { language, guideDone: true })
    await app.page.goto(`${app.process.origin}/#/stories/${story.id}`)
    await send(app.page, language, 'I wait.')
    await app.page.getByText(happened(language, 'provider_unreachable')).first().waitFor()
    await app.page.getByText('I wait.').first().waitFor()
  })

  it.skipIf(smallDiskMissing !== null)(
    'a disk that is full: words stay, and are saved when there is room',
    async () => {
      const disk = later(mountSmallDisk(8192), ({ remove }) => remove())
      const fake = later(await startFakeOpenAi(), ({ stop }) => stop())
      const app = await start(disk.path)
      await openStory(app, language, fake.url)
      disk.fill()
      await send(app.page, language, 'I write on.')
      await app.page.getByText(happened(language, 'storage_full')).first().waitFor()
      expect(await composer(app.page, language).inputValue()).toBe('I write on.')

      disk.free()
      fake.alwaysAnswerWith(chatReply.stream(['And so it went.']))
      await sendButton(app.page, language).click()
      await app.page.getByText('And so it went.').waitFor()
    }
  )

  it.skipIf(smallDiskMissing !== null)('a folder that is read-only: everything can be read', async () => {
    const disk = later(mountSmallDisk(8192), ({ remove }) => remove())
    const fake = later(await startFakeOpenAi(), ({ stop }) => stop())
    fake.alwaysAnswerWith(chatReply.stream(['The lamp went out.']))
    const before = await start(disk.path)
    await openStory(before, language, fake.url)
    await send(before.page, language, 'I look up.')
    await before.page.getByText('The lamp went out.').waitFor()
    await sendButton(before.page, language).waitFor()
    await before.quit()
    disk.makeReadOnly()

    const app = await start(disk.path)
    await app.page.getByText(happened(language, 'storage_readonly')).first().waitFor()
    await app.page.getByRole('link', { name: /The lamp/ }).click()
    await app.page.getByText('The lamp went out.').waitFor()
    await send(app.page, language, 'I look again.')
    await expect.poll(() => app.page.getByText(happened(language, 'storage_readonly')).count()).toBeGreaterThan(1)
    expect(await composer(app.page, language).inputValue()).toBe('I look again.')
  })
})
