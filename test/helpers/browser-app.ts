import { chromium, type Browser } from 'playwright-core'
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

/** The browser shell as a process, with its page open in a window that shares nothing with others. */
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

let running: Promise<Browser> | undefined

/** One Chromium for all windows of a file: to start it takes longer than many a test. */
function theChromium(): Promise<Browser> {
  running ??= launch().catch((error: unknown) => {
    running = undefined
    throw error
  })
  return running
}

async function launch(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('There is no Chromium on this computer')
  // Where no locale is set, Chromium cannot read the names of dropped files that have letters beyond ASCII.
  const env = { ...process.env, LANG: 'C.UTF-8' }
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS, env })
  browser.once('disconnected', () => (running = undefined))
  return browser
}

/** Ends the Chromium that windows were opened in, if there is one: each file of tests ends with this. */
export async function endChromium(): Promise<void> {
  await (await running)?.close()
}

/** Opens the address in a new window with an empty profile. */
export async function openWindow(url: string) {
  const browser = await theChromium()
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
  // As long as any other test waits, see vitest.config.ts.
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const troubles = collectTroubles(page)
  await page.goto(url)
  return { page, troubles, close: () => context.close() }
}
