import { describe, expect, it, onTestFinished } from 'vitest'
import guide from '@resources/locales/en/guide.json'
import stories from '@resources/locales/en/stories.json'
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
      await tab.goto(`${app.process.origin}/#/stories`)
      await tab.getByRole('button', { name: stories.new }).first().waitFor()
      expect(tab.url()).not.toContain(app.process.token)

      // Each script that the first picture waits for holds up the start: what it needs comes as one, those for later after it.
      const painted = await tab.evaluate<string[]>(`(() => {
        const [{ startTime }] = performance.getEntriesByName('first-contentful-paint')
        return performance.getEntriesByType('resource')
          .filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd <= startTime).map(({ name }) => name)
      })()`)
      expect(painted.length).toBeLessThan(6)
    })
  }
)
