import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import { electronMissing } from '@test/helpers/test-electron'
import { keepApps } from './kept-apps'
import { writeFirstStory } from './first-story'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

const apps = keepApps()

describe.skipIf(chromiumMissing !== null)(`the first story in Chromium${because(chromiumMissing)}`, () => {
  it('is there after a restart, with the text that was stopped', async () => {
    const { dataDir, kept } = apps
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
    const { dataDir, kept } = apps
    expect(await writeFirstStory(() => kept(desktop.startApp({ dataDir })))).toEqual([])
  })
})
