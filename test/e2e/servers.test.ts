import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Language } from '@contract/values'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import { electronMissing } from '@test/helpers/test-electron'
import { keepApps } from './kept-apps'
import { keepServers } from './servers'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

/** Nothing is imported, and nobody's own Ollama is found. */
const noOllama = { OLLAMA_HOST: undefined, FABULA_LOCAL_OLLAMA: 'http://127.0.0.1:9' }

const apps = keepApps()

describe.skipIf(chromiumMissing !== null)(`Ollama servers in Chromium${because(chromiumMissing)}`, () => {
  it('are added with a password, tested, ordered, filled with a model over a restart, and deleted', async () => {
    const { dataDir, kept } = apps
    expect(await keepServers(() => kept(startBrowserApp({ dataDir, env: noOllama })))).toEqual([])
  })
})

describe.skipIf(chromiumMissing !== null)(`a server's page in a narrow window${because(chromiumMissing)}`, () => {
  it.each(Language.options)('keeps its title on lines of words, and nothing sticks out: %s', async (language) => {
    const app = await apps.kept(startBrowserApp({ dataDir: apps.dataDir, env: noOllama }))
    await app.process.rpc('preferences.set', { language })
    const names = ['Home workshop', 'The old computer under the stairs of the house by the harbour']
    for (const name of names) {
      const server = await app.process.rpc('servers.add', { name, url: `http://127.0.0.1:9/${names.indexOf(name)}` })
      await app.page.evaluate((hash) => (window.location.hash = hash), `#/servers/${server.id}`)
      await app.page.locator(`html[lang=${language}]`).waitFor()
      // The smallest with two columns, 900 × 600, and 1280 × 800 at 150 %.
      for (const size of [
        { width: 1000, height: 600 },
        { width: 900, height: 600 },
        { width: 853, height: 533 },
      ]) {
        await app.page.setViewportSize(size)
        const title = app.page.getByRole('heading', { name, exact: true })
        await title.waitFor()
        const { lines, sticksOut } = await title.evaluate((heading) => {
          const text = document.createRange()
          text.selectNodeContents(heading)
          return {
            lines: new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size,
            sticksOut: document.documentElement.scrollWidth > window.innerWidth,
          }
        })
        const where = `${name}, ${size.width} pixels`
        expect({ where, short: name.length / lines < 13, sticksOut }).toEqual({ where, short: false, sticksOut: false })
      }
    }
  })
})

describe.skipIf(electronMissing !== null)(`Ollama servers in Electron${because(electronMissing)}`, () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await Desktop.start()
  })

  afterAll(() => desktop.stop())

  it('are added with a password, tested, ordered, filled with a model over a restart, and deleted', async () => {
    const { dataDir, kept } = apps
    expect(await keepServers(() => kept(desktop.startApp({ dataDir, env: noOllama })))).toEqual([])
  })
})
