import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { Desktop } from '@test/helpers/electron-app'
import { electronMissing } from '@test/helpers/test-electron'
import { useGateway } from './gateway-walk'
import { keepApps } from './kept-apps'
import { lookAtDocs } from './look-at-docs'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

const apps = keepApps()

describe.skipIf(chromiumMissing !== null)(`the gateway in Chromium${because(chromiumMissing)}`, () => {
  it('is switched on and answers a program by its key until that is deleted, in English', async () => {
    const { dataDir, kept } = apps
    expect(await useGateway('en', dataDir, () => kept(startBrowserApp({ dataDir })), lookAtDocs)).toEqual([])
  })
})

describe.skipIf(electronMissing !== null)(`the gateway in Electron${because(electronMissing)}`, () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await Desktop.start()
  })

  afterAll(() => desktop.stop())

  it('is switched on and answers a program by its key until that is deleted, in Russian', async () => {
    const { dataDir, kept } = apps
    expect(await useGateway('ru', dataDir, () => kept(desktop.startApp({ dataDir })))).toEqual([])
  })
})
