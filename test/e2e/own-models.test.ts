import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RoleId } from '@contract/ids'
import guide from '@resources/locales/en/guide.json'
import { startBrowserApp, chromiumMissing, type BrowserApp } from '@test/helpers/browser-app'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { ollamaReply } from '@test/helpers/ollama-reply'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'
import { composer, passages, takeTurn } from './screens'

const KEY = 'sk-or-v1-planted-0123456789abcdef0123456789'
const OPENROUTER_MODEL = 'maker/novelist-1'
const OLLAMA_MODEL = 'qwen-test:8b'
const TEXT = 'The lamp went out, and nobody went up.'

let folder: TemporaryFolder
let openRouter: FakeOpenAi
let ollama: FakeOllama
let app: BrowserApp

beforeEach(async () => {
  folder = temporaryFolder()
  openRouter = await startFakeOpenAi({
    keys: [KEY],
    creditLeft: 4.2,
    models: [
      {
        id: OPENROUTER_MODEL,
        name: 'Novelist 1',
        context_length: 32_000,
        supported_parameters: ['temperature', 'max_tokens', 'top_p'],
        pricing: { prompt: '0.000003', completion: '0.000015' },
        architecture: { input_modalities: ['text'], output_modalities: ['text'] },
        top_provider: { max_completion_tokens: 4000 },
      },
    ],
  })
  ollama = await startFakeOllama({
    models: [{ name: OLLAMA_MODEL, capabilities: ['completion'], contextLength: 40_960 }],
  })
  app = await startBrowserApp({ dataDir: folder.path, env: { OLLAMA_HOST: ollama.url } })
})

afterEach(async () => {
  await app.kill()
  await Promise.all([openRouter.stop(), ollama.stop()])
  folder.remove()
})

/** Everything the window is told by main from here on. */
function listen(page: Page): { heard: () => Promise<string> } {
  const answers: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.url().includes('/rpc/')) answers.push(response.text().catch(() => ''))
  })
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => answers.push(Promise.resolve(String(payload))))
  )
  return { heard: async () => (await Promise.all(answers)).join('\n') }
}

async function pasteKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: guide.key.title }).click()
  await page.locator('input[type=password]').fill(`  ${KEY}\n`)
  await page.getByRole('button', { name: guide.key.check }).click()
  await page.getByRole('button', { name: guide.begin }).click()
  await composer(page).waitFor()
}

/** Every file below a folder, as bytes. */
async function filesIn(path: string): Promise<{ name: string; bytes: Buffer }[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => ({ name, bytes: await readFile(join(parentPath, name)) }))
  )
}

describe.skipIf(chromiumMissing !== null)(
  `one's own models${chromiumMissing ? ` (skipped: ${chromiumMissing})` : ''}`,
  () => {
    it('write a story, each asked for just what was set, and the key stays where it belongs', async () => {
      const { page, process } = app
      const { heard } = listen(page)
      await page.reload()
      const [openRouterRow] = (await process.rpc('providers.list', {})).filter(({ slug }) => slug === 'openrouter')
      if (!openRouterRow) throw new Error('OpenRouter is not there')
      await process.rpc('providers.update', { id: openRouterRow.id, patch: { baseUrl: openRouter.url } })

      await pasteKey(page)
      const preset = await presetOf(app)
      const main = preset.roles[RoleId.parse('main')]
      if (!main) throw new Error('The preset has no main')
      // The catalogue says that this model takes no top_k: it is set, and must not be sent.
      await process.rpc('presets.setRole', {
        id: preset.id,
        role: RoleId.parse('main'),
        value: { ...main, settings: { ...main.settings, samplers: { temperature: 0.7, top_k: 40 } } },
      })
      openRouter.answerWith(chatReply.stream(['The lamp went out, ', 'and nobody went up.']))
      await takeTurn(page, 'I wait below.')
      await passages(page).last().getByText(TEXT).waitFor()

      const [request] = openRouter.requestsTo('/chat/completions')
      expect(request?.headers['authorization']).toBe(`Bearer ${KEY}`)
      expect(request?.body).toEqual({
        model: OPENROUTER_MODEL,
        messages: expect.any(Array),
        temperature: 0.7,
        stream: true,
        stream_options: { include_usage: true },
      })
      await passages(page).last().getByText(/top_k/).waitFor()

      // The storyteller is a model on this computer's Ollama.
      const [local] = (await process.rpc('models.list', {})).filter(({ model }) => model === OLLAMA_MODEL)
      if (!local) throw new Error('The model of the Ollama server is not in the catalogue')
      await process.rpc('presets.setRole', {
        id: preset.id,
        role: RoleId.parse('storyteller'),
        value: {
          enabled: true,
          modelConfigId: null,
          settings: { providerId: local.providerId, model: local.model, samplers: { min_p: 0.05 } },
        },
      })
      ollama.answerWith(ollamaReply.stream(['It went out', ' at nine.']))
      await takeTurn(page, 'I light a match.')
      await passages(page).last().getByText('It went out at nine.').waitFor()
      expect(ollama.chats()).toEqual([
        {
          model: OLLAMA_MODEL,
          messages: expect.any(Array),
          stream: true,
          options: { min_p: 0.05, num_ctx: 8192 },
        },
      ])

      expect(app.troubles).toEqual([])
      expect(await heard()).not.toContain(KEY)
      expect(await page.content()).not.toContain(KEY)
      const { text } = await process.rpc('files.export', { what: 'configuration' })
      expect(text).not.toContain(KEY)
      await app.quit()
      const secrets = [KEY, Buffer.from(KEY).toString('base64'), Buffer.from(KEY).toString('hex')]
      for (const { name, bytes } of await filesIn(folder.path))
        for (const secret of secrets) expect(bytes.includes(secret), `${name} holds the key`).toBe(false)
    })
  }
)

async function presetOf({ process }: BrowserApp) {
  const [summary] = await process.rpc('presets.list', {})
  if (!summary) throw new Error('There is no preset')
  return process.rpc('presets.get', { id: summary.id })
}
