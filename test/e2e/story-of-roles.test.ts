import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import type { RunningApp } from '@test/helpers/running-app'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'
import { electronMissing } from '@test/helpers/test-electron'
import { writeWithAllRoles } from './story-of-roles'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

let folder: TemporaryFolder
let fake: FakeOpenAi
let apps: RunningApp[]

/** A test that fails midway leaves nothing running. */
const kept = async (starting: Promise<RunningApp>) => {
  const app = await starting
  apps.push(app)
  return app
}

beforeEach(async () => {
  apps = []
  folder = temporaryFolder()
  fake = await startFakeOpenAi()
})

afterEach(async () => {
  await Promise.all(apps.map((app) => app.kill()))
  await fake.stop()
  folder.remove()
})

describe.skipIf(chromiumMissing !== null)(`a story of all roles in Chromium${because(chromiumMissing)}`, () => {
  it('is written, guarded, inspected, killed and gone on with', async () => {
    const dataDir = folder.path
    expect(await writeWithAllRoles(dataDir, fake, () => kept(startBrowserApp({ dataDir })))).toEqual([])
  })
})

describe.skipIf(electronMissing !== null)(`a story of all roles in Electron${because(electronMissing)}`, () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await Desktop.start()
  })

  afterAll(() => desktop.stop())

  it('is written, guarded, inspected, killed and gone on with', async () => {
    const dataDir = folder.path
    expect(await writeWithAllRoles(dataDir, fake, () => kept(desktop.startApp({ dataDir })))).toEqual([])
  })
})
