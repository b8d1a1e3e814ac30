import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { electronMissing } from '@test/helpers/test-electron'
import { keepApps } from './kept-apps'
import { writeWithAllRoles } from './story-of-roles'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

let fake: FakeOpenAi

beforeEach(async () => {
  fake = await startFakeOpenAi()
})

afterEach(async () => {
  await fake.stop()
})

const apps = keepApps()

describe.skipIf(chromiumMissing !== null)(`a story of all roles in Chromium${because(chromiumMissing)}`, () => {
  it('is written, guarded, inspected, killed and gone on with', async () => {
    const { dataDir, kept } = apps
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
    const { dataDir, kept } = apps
    expect(await writeWithAllRoles(dataDir, fake, () => kept(desktop.startApp({ dataDir })))).toEqual([])
  })
})
