import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import { electronMissing } from '@test/helpers/test-electron'
import { useMedia, vaultEnvironment } from './media-walk'
import { keepApps } from './kept-apps'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

const apps = keepApps()
const env = vaultEnvironment

describe.skipIf(chromiumMissing !== null)(`media in Chromium${because(chromiumMissing)}`, () => {
  it('are set up, made of a passage, played, and go on after the app was closed, in English', async () => {
    const { dataDir, kept } = apps
    expect(await useMedia('en', dataDir, () => kept(startBrowserApp({ dataDir, env })))).toEqual([])
  })
})

describe.skipIf(electronMissing !== null)(`media in Electron${because(electronMissing)}`, () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await Desktop.start()
  })

  afterAll(() => desktop.stop())

  it('are set up, made of a passage, played, and go on after the app was closed, in Russian', async () => {
    const { dataDir, kept } = apps
    expect(await useMedia('ru', dataDir, () => kept(desktop.startApp({ dataDir, env })))).toEqual([])
  })
})
