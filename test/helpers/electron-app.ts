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
