import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RoleId } from '@contract/ids'
import common from '@resources/locales/en/common.json'
import frame from '@resources/locales/en/frame.json'
import providers from '@resources/locales/en/providers.json'
import usage from '@resources/locales/en/usage.json'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { startFakeSignIn } from '@test/helpers/fake-sign-in'
import { composer, passages, place, sendButton } from './screens'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`

let dataDir: string
let app: BrowserApp
let stop: () => Promise<unknown>

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fabula-keys-'))
  app = await startBrowserApp({ dataDir })
  await app.process.rpc('preferences.set', { guideDone: true })
})

afterEach(async () => {
  await app.kill()
  await stop()
  await rm(dataDir, { recursive: true, force: true })
})

const keys = (page: Page) => page.getByRole('region', { name: providers.keys.title })

/** OpenRouter at another address, with its page open. */
async function openRouterAt(baseUrl: string) {
  const known = await app.process.rpc('providers.list', {})
  const openRouter = known.find(({ slug }) => slug === 'openrouter')
  if (!openRouter) throw new Error('OpenRouter is not there')
  await app.process.rpc('providers.update', { id: openRouter.id, patch: { baseUrl } })
  await app.page.reload()
  await place(app.page, frame.places.providers)
  return openRouter.id
}

describe.skipIf(chromiumMissing !== null)(`the keys of a provider, in Chromium${because}`, () => {
  it('come of a sign-in on its page: the browser is sent there and back, and the key works', async () => {
    const fake = await startFakeSignIn('sk-or-from-the-page-5b4a')
    stop = fake.stop
    const { page } = app
    await page.context().route('https://openrouter.ai/**', (route) => {
      const back = fake.agree(fake.open(route.request().url()))
      return route.fulfill({ status: 302, headers: { location: back.href } })
    })
    await openRouterAt(fake.url)
    const [window] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: providers.signIn.action.replace('{{name}}', 'OpenRouter') }).click(),
    ])
    await window.waitForURL(/^http:\/\/localhost:\d+\/callback\//)
    await keys(page).getByText('···5b4a').waitFor()
    await keys(page).getByText(common.token.active).waitFor()
    expect(app.troubles).toEqual([])
  })

  it('fail when the user says so: it is marked, said above all screens, passed over, and ended', async () => {
    const fake = await startFakeOpenAi({ models: ['maker/narrator'], creditLeft: 5 })
    stop = fake.stop
    const { page, process } = app
    // A turn may end before it is seen to run: what it leaves is waited for.
    const send = async (line: string) => {
      await composer(page).fill(line)
      await sendButton(page).click()
    }
    const lastKey = () => fake.requestsTo('/chat/completions').at(-1)?.headers['authorization']
    const providerId = await openRouterAt(fake.url)
    const first = await process.rpc('tokens.add', { providerId, name: 'first', secret: 'sk-or-first-0001' })
    const spare = await process.rpc('tokens.add', { providerId, name: 'spare', secret: 'sk-or-spare-0002' })
    const settings = { providerId, model: 'maker/narrator', tokenIds: [first.id, spare.id] }
    const roles = { [RoleId.parse('main')]: { enabled: true, modelConfigId: null, settings } }
    const preset = await process.rpc('presets.create', { name: 'Two keys', roles })
    await process.rpc('stories.create', { title: 'The Lighthouse', language: 'en', presetId: preset.id })

    await page.getByRole('button', { name: providers.keys.more.replace('{{name}}', 'first') }).click()
    await page.getByRole('menuitem', { name: providers.simulate.action }).click()
    await page.getByRole('radio', { name: providers.simulate.as.provider_rate_limited }).check()
    await page.getByRole('button', { name: providers.simulate.begin, exact: true }).click()
    await keys(page).getByText('simulated: too many requests').waitFor()

    await place(page, frame.places.stories)
    await page.getByRole('main').getByRole('listitem').getByRole('link').click()
    await page.getByText('A failure is simulated: key first, too many requests.').waitFor()
    await send('Night falls.')
    await passages(page).last().getByRole('button', { name: 'after key first was asked to slow down' }).waitFor()
    expect(fake.requestsTo('/chat/completions')).toHaveLength(1)
    expect(lastKey()).toBe('Bearer sk-or-spare-0002')

    const failure = 'provider_overloaded'
    await process.rpc('simulations.set', { target: { kind: 'model', providerId, model: 'maker/narrator' }, failure })
    await send('Nobody answers.')
    await page.getByRole('button', { name: '2 failed attempts' }).click()
    const attempts = page.getByRole('table', { name: usage.attempts.title })
    expect(await attempts.getByRole('row').allInnerTexts()).toHaveLength(3)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: providers.simulate.endAll, exact: true }).click()
    await page.getByText(/^A failure is simulated/).waitFor({ state: 'detached' })
    await send('Morning comes.')
    await expect.poll(lastKey).toBe('Bearer sk-or-first-0001')
    expect(app.troubles).toEqual([])
  })
})
