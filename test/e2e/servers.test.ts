import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import type { RunningApp } from '@test/helpers/running-app'
import { electronMissing } from '@test/helpers/test-electron'
import { keepServers } from './servers'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

/** Nothing is imported, and nobody's own Ollama is found. */
const noOllama = { OLLAMA_HOST: undefined, FABULA_LOCAL_OLLAMA: 'http://127.0.0.1:9' }

let dataDir: string
let apps: RunningApp[]

/** A test that fails midway leaves nothing running. */
const kept = async (starting: Promise<RunningApp>) => {
  const app = await starting
  apps.push(app)
  return app
}

beforeEach(async () => {
  apps = []
  dataDir = await mkdtemp(join(tmpdir(), 'fabula-servers-'))
})

afterEach(async () => {
  await Promise.all(apps.map((app) => app.kill()))
  await rm(dataDir, { recursive: true, force: true })
})

describe.skipIf(chromiumMissing !== null)(`Ollama servers in Chromium${because(chromiumMissing)}`, () => {
  it('are added with a password, tested, ordered, filled with a model over a restart, and deleted', async () => {
    expect(await keepServers(() => kept(startBrowserApp({ dataDir, env: noOllama })))).toEqual([])
  })
})

describe.skipIf(electronMissing !== null)(`Ollama servers in Electron${because(electronMissing)}`, () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await Desktop.start()
  })

  afterAll(() => desktop.stop())

  it('are added with a password, tested, ordered, filled with a model over a restart, and deleted', async () => {
    expect(await keepServers(() => kept(desktop.startApp({ dataDir, env: noOllama })))).toEqual([])
  })
})
