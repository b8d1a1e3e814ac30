import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import type { RunningApp } from '@test/helpers/running-app'
import { electronMissing } from '@test/helpers/test-electron'
import { writeFirstStory } from './first-story'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

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
  dataDir = await mkdtemp(join(tmpdir(), 'fabula-first-story-'))
})

afterEach(async () => {
  await Promise.all(apps.map((app) => app.kill()))
  await rm(dataDir, { recursive: true, force: true })
})

describe.skipIf(chromiumMissing !== null)(`the first story in Chromium${because(chromiumMissing)}`, () => {
  it('is there after a restart, with the text that was stopped', async () => {
    expect(await writeFirstStory(() => kept(startBrowserApp({ dataDir })))).toEqual([])
  })
})

describe.skipIf(electronMissing !== null)(`the first story in Electron${because(electronMissing)}`, () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await Desktop.start()
  })

  afterAll(() => desktop.stop())

  it('is there after a restart, with the text that was stopped', async () => {
    expect(await writeFirstStory(() => kept(desktop.startApp({ dataDir })))).toEqual([])
  })
})
