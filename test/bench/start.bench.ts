import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it, onTestFinished, type BenchResult } from 'vitest'
import type { Page } from 'playwright-core'
import stories from '@resources/locales/en/stories.json'
import { AppProcess } from '@test/helpers/app-process'
import { chromiumMissing, openWindow } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import { electronMissing } from '@test/helpers/test-electron'

/** An app of Electron's that does nothing: what no app can be faster than. */
const EMPTY_APP = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow().loadURL('data:text/html,<button>${stories.new}</button>'))
app.on('window-all-closed', () => app.quit())
`

/**
 * From the start of the process to a window one can work in: the library is on the screen and takes a click. With and
 * without servers that take a connection and never answer, which must make no difference. Chromium is open already, as
 * the user's browser is; the measure of Electron includes what its remote control takes (about a quarter of a second).
 */
// `async` is said, or else the runner calls each once, unawaited, to find out.
const ROUNDS = { iterations: 8, time: 0, warmupIterations: 1, warmupTime: 0 }
const DEAD_SERVERS = 4

let silent: Server
let silentUrl: string
let dataDirs: { quiet: string; dead: string }

beforeAll(async () => {
  silent = createServer(() => {})
  silentUrl = await new Promise<string>((done) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address()
      done(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    })
  })
  dataDirs = { quiet: await newDataDir(0), dead: await newDataDir(DEAD_SERVERS) }
})

afterAll(async () => {
  silent.close()
  await Promise.all(Object.values(dataDirs).map((dir) => rm(dir, { recursive: true, force: true })))
})

describe.skipIf(chromiumMissing !== null)('start of the browser shell', () => {
  it('with dead servers and without', { timeout: 600_000 }, async ({ bench }) => {
    const window = await openWindow('about:blank')
    onTestFinished(window.close)
    const start = async (dataDir: string) => {
      const begin = performance.now()
      const app = await AppProcess.start({ dataDir, env: { OLLAMA_HOST: silentUrl } })
      await window.page.goto(app.url)
      await usable(window.page)
      const overriddenDuration = performance.now() - begin
      await app.stop()
      return { overriddenDuration }
    }
    const results = await bench.compare(
      bench('no servers', { async: true }, () => start(dataDirs.quiet)),
      bench('dead servers', { async: true }, () => start(dataDirs.dead)),
      ROUNDS
    )
    say('browser', results.get('no servers'), results.get('dead servers'))
  })
})

describe.skipIf(electronMissing !== null)('start of the desktop shell', () => {
  it('with dead servers and without', { timeout: 600_000 }, async ({ bench }) => {
    const desktop = await Desktop.start()
    onTestFinished(() => desktop.stop())
    const empty = await mkdtemp(join(tmpdir(), 'fabula-empty-app-'))
    onTestFinished(() => rm(empty, { recursive: true, force: true }))
    await writeFile(join(empty, 'package.json'), '{ "name": "empty", "main": "main.cjs" }')
    await writeFile(join(empty, 'main.cjs'), EMPTY_APP)
    const start = async (dataDir: string, project?: string) => {
      const begin = performance.now()
      const app = await desktop.startApp({ dataDir, env: { OLLAMA_HOST: silentUrl }, ...(project ? { project } : {}) })
      await usable(app.page)
      const overriddenDuration = performance.now() - begin
      await app.quit()
      return { overriddenDuration }
    }
    const results = await bench.compare(
      bench('no servers', { async: true }, () => start(dataDirs.quiet)),
      bench('dead servers', { async: true }, () => start(dataDirs.dead)),
      bench('an empty app', { async: true }, () => start(dataDirs.quiet, empty)),
      ROUNDS
    )
    const floor = results.get('an empty app').latency.p50
    const ratio = (results.get('no servers').latency.p50 / floor).toFixed(2)
    console.log(
      `desktop shell: an empty Electron app ${floor.toFixed(0)} ms; Fabula takes ${ratio} times that (medians)`
    )
    say('desktop', results.get('no servers'), results.get('dead servers'))
  })
})

function say(shell: string, quiet: BenchResult, dead: BenchResult): void {
  const [without, withThem] = [quiet.latency.p50, dead.latency.p50]
  const ratio = (withThem / without).toFixed(2)
  console.log(
    `${shell} shell: ${without.toFixed(0)} ms; with dead servers ${withThem.toFixed(0)} ms, ${ratio} times that (medians)`
  )
}

const usable = (page: Page) => page.getByRole('button', { name: stories.new }).click({ trial: true })

/** A data folder of someone who has used Fabula before, and whose servers are gone. */
async function newDataDir(servers: number): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fabula-start-'))
  const app = await AppProcess.start({ dataDir })
  try {
    await app.rpc('preferences.set', { guideDone: true })
    for (let number = 1; number <= servers; number += 1)
      await app.rpc('servers.add', { name: `Gone ${number}`, url: `${silentUrl}/${number}` })
    return dataDir
  } finally {
    await app.stop()
  }
}
