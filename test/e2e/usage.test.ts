import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RoleId } from '@contract/ids'
import errors from '@resources/locales/en/errors.json'
import frame from '@resources/locales/en/frame.json'
import providers from '@resources/locales/en/providers.json'
import usage from '@resources/locales/en/usage.json'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { composer, passages, place, sendButton } from './screens'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`
const MODEL = 'maker/narrator'
const [EMPTY_KEY, GOOD_KEY] = ['sk-or-empty-0001', 'sk-or-good-0002'] as const

let dataDir: string
let fake: FakeOpenAi
let app: BrowserApp

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fabula-usage-'))
  fake = await startFakeOpenAi({
    models: [
      {
        id: MODEL,
        name: 'Narrator',
        context_length: 32_768,
        architecture: { input_modalities: ['text'], output_modalities: ['text'] },
        pricing: { prompt: '0.000003', completion: '0.000015' },
        supported_parameters: ['temperature', 'tools'],
      },
    ],
    creditLeft: 7.5,
  })
  app = await startBrowserApp({ dataDir })
})

afterEach(async () => {
  await app.kill()
  await fake.stop()
  await rm(dataDir, { recursive: true, force: true })
})

describe.skipIf(chromiumMissing !== null)(`a key without credit, in Chromium${because}`, () => {
  it('is passed over; the passage, its attempts, the ledger and the file say so', async () => {
    const { page } = app
    await arrange()
    await page.reload()
    await place(page, frame.places.stories)
    await page.getByRole('main').getByRole('listitem').getByRole('link').click()
    fake.answerWith(
      chatReply.error(402, 'This account has no credit left'),
      chatReply.stream(['The lamp went out, ', 'and nobody came.'], {
        model: MODEL,
        usage: { prompt_tokens: 1000, completion_tokens: 200, cost: 0.0061 },
      })
    )
    await composer(page).fill('Night falls.')
    await sendButton(page).click()

    const passage = passages(page).last()
    await passage.getByText('The lamp went out, and nobody came.').waitFor()
    await passage.getByText(`${MODEL} · Writer`).waitFor()
    expect(fake.requestsTo('/chat/completions').map(({ headers }) => headers['authorization'])).toEqual([
      `Bearer ${EMPTY_KEY}`,
      `Bearer ${GOOD_KEY}`,
    ])

    await passage.getByRole('button', { name: 'after key empty ran out of credit' }).click()
    const attempts = page.getByRole('table', { name: usage.attempts.title })
    await expect.poll(() => attempts.getByRole('row').count()).toBe(3)
    const [, first, second] = await attempts.getByRole('row').allInnerTexts()
    expect(first).toContain('key empty')
    expect(first).toContain(outOfCredit)
    expect(second).toContain('key good')
    expect(second).toContain(usage.calls.complete)
    expect(second).toContain('$0.0061')
    await page.keyboard.press('Escape')

    await place(page, frame.places.usage)
    await page.getByText('$0.0061').first().waitFor()
    await page.getByRole('tab', { name: usage.by.token }).click()
    await page.getByRole('row', { name: /OpenRouter · empty 1 1 0 0/ }).waitFor()
    await page.getByRole('row', { name: /OpenRouter · good 1 – 1,000 200 \$0\.0061/ }).waitFor()
    await page.getByRole('tab', { name: usage.by.calls }).click()
    const calls = page.getByRole('list', { name: usage.calls.label }).getByRole('listitem')
    await expect.poll(() => calls.count()).toBe(2)
    expect(await calls.nth(1).innerText()).toContain(outOfCredit)

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: usage.export }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^fabula-usage-.*\.csv$/)
    const [head, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
    expect(head).toContain('tokenName,attempt,outcome,errorCode')
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('empty,1,failed,provider_payment_required,,402')
    expect(rows[1]).toContain('good,2,complete,')

    await place(page, frame.places.providers)
    const keys = page.getByRole('region', { name: providers.keys.title })
    await keys.getByText('out of credit').waitFor()
    await keys.getByRole('button', { name: 'Check key good' }).click()
    await keys.getByText('$7.5 left').waitFor()
    // The page scrolls in its place: nothing that is hidden from sight makes the window longer.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0)
    expect(app.troubles).toEqual([])
  })
})

const outOfCredit = (errors.provider_payment_required.what[0] ?? '')
  .replace('{{provider}}', 'OpenRouter')
  .replace('{{name}}', 'empty')

/** OpenRouter at the fake's address with two keys, a preset that uses both in order, and a story on it. */
async function arrange(): Promise<void> {
  const { process } = app
  const openRouter = (await process.rpc('providers.list', {})).find(({ slug }) => slug === 'openrouter')
  if (!openRouter) throw new Error('OpenRouter is not there')
  const providerId = openRouter.id
  await process.rpc('providers.update', { id: providerId, patch: { baseUrl: fake.url } })
  const empty = await process.rpc('tokens.add', { providerId, name: 'empty', secret: EMPTY_KEY })
  const good = await process.rpc('tokens.add', { providerId, name: 'good', secret: GOOD_KEY })
  await process.rpc('models.refresh', { providerId })
  const settings = { providerId, model: MODEL, tokenIds: [empty.id, good.id] }
  const preset = await process.rpc('presets.create', {
    name: 'Two keys',
    roles: { [RoleId.parse('main')]: { enabled: true, modelConfigId: null, settings } },
  })
  await process.rpc('preferences.set', { guideDone: true })
  await process.rpc('stories.create', { title: 'The Lighthouse', language: 'en', presetId: preset.id })
}
