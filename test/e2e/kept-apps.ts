import { afterEach, beforeEach } from 'vitest'
import type { RunningApp } from '@test/helpers/running-app'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'

/** What the tests of a file run the app with. */
export interface KeptApps {
  /** A data folder for each test. */
  readonly dataDir: string
  /** Kills the app after its test: one that fails midway leaves nothing running. */
  kept<App extends RunningApp>(starting: Promise<App>): Promise<App>
}

export function keepApps(): KeptApps {
  let folder: TemporaryFolder
  let apps: RunningApp[] = []
  beforeEach(() => {
    folder = temporaryFolder()
  })
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.kill()))
    apps = []
    folder.remove()
  })
  return {
    get dataDir() {
      return folder.path
    },
    kept: async (starting) => {
      const app = await starting
      apps.push(app)
      return app
    },
  }
}
