import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { AppProcess, type AppOptions } from '@test/helpers/app-process'
import { collectTroubles } from '@test/helpers/page-troubles'
import { findProgram } from '@test/helpers/programs'
import type { RunningApp } from '@test/helpers/running-app'

const CHROMIUM = findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')

/** Why no Chromium can be driven here, or null: to be named where tests are skipped for it. */
export const chromiumMissing = CHROMIUM === null ? 'no Chromium on this computer' : null

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface BrowserApp extends RunningApp {
  process: AppProcess
}

/** The browser shell as a process, with its page open in a Chromium of its own. */
export async function startBrowserApp(options: AppOptions): Promise<BrowserApp> {
  const process = await AppProcess.start(options)
  try {
    const window = await openWindow(process.url)
    const close = async (end: () => Promise<unknown>) => {
      await window.close()
      await end()
    }
    return {
      process,
      page: window.page,
      troubles: window.troubles,
      quit: () => close(() => process.stop()),
      kill: async () => {
        await process.kill()
        await window.close()
      },
    }
  } catch (error) {
    await process.kill()
    throw error
  }
}

/** Opens the address in a new Chromium with an empty profile. */
export async function openWindow(url: string) {
  if (CHROMIUM === null) throw new Error('There is no Chromium on this computer')
  const profile = await mkdtemp(join(tmpdir(), 'fabula-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: FLAGS,
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
  })
  // As long as any other test waits, see vitest.config.ts.
  context.setDefaultTimeout(60_000)
  const page = context.pages()[0] ?? (await context.newPage())
  const troubles = collectTroubles(page)
  await page.goto(url)
  const close = async () => {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
  return { page, troubles, close }
}
