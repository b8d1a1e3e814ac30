import type Electron from 'electron'
import { _electron, type ElectronApplication } from 'playwright-core'
import { PROJECT_FOLDER, appEnvironment, type AppOptions } from '@test/helpers/app-process'
import { endChild } from '@test/helpers/child'
import { keychainSessionMissing, startKeychainSession, type KeychainSession } from '@test/helpers/keychain-session'
import { collectTroubles } from '@test/helpers/page-troubles'
import type { RunningApp } from '@test/helpers/running-app'
import { startDisplay, testElectron, type Display } from '@test/helpers/test-electron'

/** The desktop shell in its window. */
export interface DesktopApp extends RunningApp {
  /** Electron's main process. */
  electron: ElectronApplication
  /** What a function that only reads finds in Electron's main process. */
  readMain: <Found>(read: (electron: typeof Electron) => Found) => Promise<Found>
}

/** A desktop to run on: a display, and a keychain of its own where this computer has what it takes. */
export class Desktop {
  readonly #display: Display
  readonly #keychain: KeychainSession | null

  private constructor(display: Display, keychain: KeychainSession | null) {
    this.#display = display
    this.#keychain = keychain
  }

  static async start(): Promise<Desktop> {
    const display = await startDisplay()
    return new Desktop(display, keychainSessionMissing === null ? await startKeychainSession() : null)
  }

  /**
   * Starts the desktop shell and waits for its window.
   *
   * @param project where the app is; this project's unless said
   */
  async startApp(options: AppOptions): Promise<DesktopApp> {
    const project = options.project ?? PROJECT_FOLDER
    if (testElectron === null) throw new Error('There is no Electron on this computer')
    const keychain = this.#keychain ? { ...this.#keychain.env, FABULA_VAULT_KEY: undefined } : {}
    // Without a path of its own, Playwright finds Electron as the package does, and holds the app until it can see it.
    const app = await _electron.launch({
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), project],
      cwd: PROJECT_FOLDER,
      env: appEnvironment({ ...options, env: { ...keychain, ...this.#display.env, ...options.env } }),
    })
    app.context().setDefaultTimeout(60_000)
    const page = await app.firstWindow()
    const troubles = collectTroubles(page)
    const child = app.process()
    return {
      electron: app,
      readMain: (read) => readMain(app, read),
      page,
      troubles,
      quit: () => app.close(),
      kill: async () => {
        await endChild(child, 'SIGKILL')
      },
    }
  }

  async stop(): Promise<void> {
    await this.#keychain?.stop()
    await this.#display.stop()
  }
}

/**
 * Asks through the debugger, which holds the promise of an answer so weakly that a collection of garbage in the main process
 * may take it away. Nothing was changed by reading, so it is asked again then.
 */
async function readMain<Found>(app: ElectronApplication, read: (electron: typeof Electron) => Found): Promise<Found> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await app.evaluate(read)
    } catch (error) {
      if (tries === 5 || !String(error).includes('promise was garbage collected')) throw error
    }
  }
}
