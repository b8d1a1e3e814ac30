import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Desktop } from '@test/helpers/electron-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { electronMissing } from '@test/helpers/test-electron'

const because = electronMissing === null ? '' : ` (skipped: ${electronMissing})`

describe.skipIf(electronMissing !== null)(`the desktop shell${because}`, () => {
  let desktop: Desktop
  beforeAll(async () => {
    desktop = await Desktop.start()
  })
  afterAll(() => desktop.stop())

  it('keeps to itself: no dictionary is downloaded, no page may ask for more, and no child inherits the master key', async () => {
    const folder = temporaryFolder()
    const vaultKey = Buffer.alloc(32, 'planted').toString('base64')
    const app = await desktop.startApp({ dataDir: folder.path, env: { FABULA_VAULT_KEY: vaultKey } })
    try {
      const found = await app.readMain(({ session, app: electron }) => ({
        spellChecker: session.defaultSession.isSpellCheckerEnabled() && process.platform !== 'darwin',
        vaultKey: process.env['FABULA_VAULT_KEY'] ?? null,
        name: electron.getName(),
      }))
      expect(found).toEqual({ spellChecker: false, vaultKey: null, name: 'Fabula' })
      expect(app.troubles).toEqual([])
    } finally {
      await app.kill()
      folder.remove()
    }
  })
})
