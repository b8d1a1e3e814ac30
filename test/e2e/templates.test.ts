import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { Desktop, type DesktopApp } from '@test/helpers/electron-app'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { electronMissing } from '@test/helpers/test-electron'
import { keepApps } from './kept-apps'
import type { SavedFile } from './template-making'
import { useTemplate } from './template-walk'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

async function download({ page }: BrowserApp, press: () => Promise<void>): Promise<SavedFile> {
  const coming = page.waitForEvent('download')
  await press()
  const file = await coming
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

/** Electron asks with a dialog of the system where to save: here it is told the place beforehand. */
async function saveAs({ electron }: DesktopApp, path: string, press: () => Promise<void>): Promise<SavedFile> {
  const handle = await electron.evaluateHandle(
    ({ session }, to) => ({
      saved: new Promise<string>((done, failed) =>
        session.defaultSession.once('will-download', (_, item) => {
          item.setSavePath(to)
          item.once('done', (__, state) =>
            state === 'completed' ? done(item.getFilename()) : failed(new Error(`The file is ${state}`))
          )
        })
      ),
    }),
    path
  )
  await press()
  const name = await handle.evaluate(({ saved }) => saved)
  return { name, text: await readFile(path, 'utf8') }
}

let fake: FakeOpenAi

beforeEach(async () => {
  fake = await startFakeOpenAi()
})

afterEach(async () => {
  await fake.stop()
})

const apps = keepApps()

describe.skipIf(chromiumMissing !== null)(`a template in Chromium${because(chromiumMissing)}`, () => {
  it('is made, used, brought back, carried elsewhere and run over a list, in English', async () => {
    const { dataDir, kept } = apps
    const start = () => kept(startBrowserApp({ dataDir }))
    expect(await useTemplate('en', dataDir, fake, { start, save: download })).toEqual([])
  })
})

describe.skipIf(electronMissing !== null)(`a template in Electron${because(electronMissing)}`, () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await Desktop.start()
  })

  afterAll(() => desktop.stop())

  it('is made, used, brought back, carried elsewhere and run over a list, in Russian', async () => {
    const { dataDir, kept } = apps
    // In a locale that not every computer has, Chromium cannot write the name of the file.
    const start = () => kept(desktop.startApp({ dataDir, env: { LC_ALL: 'C.UTF-8' } }))
    const save = (app: DesktopApp, press: () => Promise<void>) => saveAs(app, join(dataDir, 'exported.json'), press)
    expect(await useTemplate('ru', dataDir, fake, { start, save })).toEqual([])
  })
})
