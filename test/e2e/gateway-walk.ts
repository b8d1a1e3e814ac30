import { freePort } from '@test/helpers/free-port'
import OpenAI, { AuthenticationError } from 'openai'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Language } from '@contract/values'
import { createI18n } from '@renderer/i18n'
import { AppProcess } from '@test/helpers/app-process'
import type { RunningApp } from '@test/helpers/running-app'
import { lookHere } from './look-at'

const PRESET = 'Evening'
const MODEL = `preset/${PRESET}/main`

/**
 * A writer switches the gateway on, makes a key with a limit, and a program that speaks OpenAI's language is answered with
 * it. What it asked is seen, another key is refused, and so is this one once it is deleted; switched off, nothing listens.
 * Returns what went wrong in the window, and what axe finds on the way.
 *
 * @param lookAtDocs looks at the page that describes the API, where another window can be opened
 */
export async function useGateway(
  language: Language,
  dataDir: string,
  start: () => Promise<RunningApp>,
  lookAtDocs: (window: Page, origin: string) => Promise<string[]> = async () => []
): Promise<string[]> {
  const port = await freePort()
  await prepare(language, dataDir, port)
  const i18n = createI18n(language)
  const [words, frame, common] = [
    i18n.getFixedT(null, 'gateway'),
    i18n.getFixedT(null, 'frame'),
    i18n.getFixedT(null, 'common'),
  ]
  const app = await start()
  const { page } = app
  const baseURL = `http://127.0.0.1:${port}/v1`
  const tab = (name: 'connect' | 'keys' | 'requests' | 'settings') =>
    page.getByRole('tab', { name: words(`tabs.${name}`) }).click()
  const rail = page.getByRole('navigation', { name: frame('rail.label') })
  await rail.getByRole('link', { name: frame('places.gateway') }).click()

  const toggle = page.getByRole('switch', { name: words('state.switch') })
  await toggle.press('Space')
  await page.getByText(baseURL, { exact: true }).waitFor()
  const found = await lookHere(page, 'connect')
  expect(await page.locator('pre').textContent()).toContain(`"model":"${MODEL}"`)

  found.push(...(await lookAtDocs(page, new URL(baseURL).origin)))

  await tab('keys')
  await page.getByRole('button', { name: words('keys.new') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: words('form.name'), exact: true }).fill('Reader')
  await dialog.getByRole('combobox', { name: words('form.models') }).fill('preset/*')
  await page.keyboard.press('Enter')
  await dialog.getByRole('textbox', { name: words('form.requestsPerMinute') }).fill('100')
  found.push(...(await lookHere(page, 'a key')))
  await dialog.getByRole('button', { name: words('form.make') }).click()
  await dialog.getByText(words('keys.madeText')).waitFor()
  const apiKey = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByRole('button', { name: words('keys.done') }).click()

  const program = new OpenAI({ baseURL, apiKey, maxRetries: 0 })
  const ask = () =>
    program.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'A lighthouse' }] })
  let text = ''
  for await (const chunk of await program.chat.completions.create({
    model: MODEL,
    messages: [{ role: 'user', content: 'Begin a story about a lighthouse.' }],
    max_tokens: 20,
    stream: true,
  }))
    text += chunk.choices[0]?.delta.content ?? ''
  expect(text).not.toBe('')
  const other = new OpenAI({ baseURL, apiKey: `${apiKey.slice(0, -1)}_`, maxRetries: 0 })
  await expect(other.models.list()).rejects.toThrow(AuthenticationError)

  await tab('requests')
  const row = page.getByRole('list', { name: words('requests.label') }).getByRole('listitem')
  await row.filter({ hasText: MODEL }).filter({ hasText: 'Reader' }).filter({ hasText: '200' }).waitFor()
  await row.filter({ hasText: 'invalid_api_key' }).waitFor()
  found.push(...(await lookHere(page, 'requests')))

  await tab('keys')
  await page.getByText(words('keys.models', { list: 'preset/*' })).waitFor()
  await page.getByRole('button', { name: words('keys.more', { name: 'Reader' }) }).click()
  await page.getByRole('menuitem', { name: common('delete') }).click()
  await dialog.getByRole('button', { name: common('delete') }).click()
  await page.getByText(words('keys.none')).waitFor()
  await expect(ask()).rejects.toThrow(AuthenticationError)

  await tab('settings')
  found.push(...(await lookHere(page, 'settings')))
  await toggle.press('Space')
  await page.getByText(words('state.off'), { exact: true }).waitFor()
  await expect(fetch(baseURL)).rejects.toThrow('fetch failed')
  await app.quit()
  return [...app.troubles, ...found]
}

async function prepare(language: Language, dataDir: string, port: number): Promise<void> {
  const app = await AppProcess.start({ dataDir })
  try {
    const demo = (await app.rpc('providers.list', {})).find(({ name }) => name === 'Demo')
    const models = demo ? await app.rpc('models.list', { providerId: demo.id }) : []
    const model = models.find(({ kind }) => kind === 'chat')
    if (!demo || !model) throw new Error('There is no Demo')
    const settings = { providerId: demo.id, model: model.model }
    const preset = await app.rpc('presets.create', {
      name: PRESET,
      roles: { main: { enabled: true, modelConfigId: null, settings } },
    })
    await app.rpc('presets.setDefault', { id: preset.id })
    await app.rpc('gateway.change', { port })
    await app.rpc('preferences.set', { guideDone: true, language, theme: 'light' })
    await app.stop()
  } finally {
    await app.kill()
  }
}
