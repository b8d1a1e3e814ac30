import { describe, expect, it, onTestFinished } from 'vitest'
import guide from '@resources/locales/en/guide.json'
import { startBrowserApp, chromiumMissing } from '@test/helpers/browser-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'

describe.skipIf(chromiumMissing !== null)(
  `a second tab${chromiumMissing ? ` (skipped: ${chromiumMissing})` : ''}`,
  () => {
    it('opened by the bare address works as the first does', async () => {
      const folder = temporaryFolder()
      const app = await startBrowserApp({ dataDir: folder.path })
      onTestFinished(async () => {
        await app.kill()
        folder.remove()
      })
      await app.page.getByRole('heading', { name: guide.title }).waitFor()
      const tab = await app.page.context().newPage()
      await tab.goto(`${app.process.origin}/`)
      await tab.getByRole('heading', { name: guide.title }).waitFor()
      expect(tab.url()).not.toContain(app.process.token)
    })
  }
)
