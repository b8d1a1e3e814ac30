import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import writing from '@resources/locales/en/writing.json'
import { startBrowserApp, chromiumMissing, type BrowserApp } from '@test/helpers/browser-app'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'
import { beginWithDemo, composer, passages, sendButton } from './screens'

let folder: TemporaryFolder
let apps: BrowserApp[]
const start = async () => {
  const app = await startBrowserApp({ dataDir: folder.path })
  apps.push(app)
  return app
}

beforeEach(() => {
  folder = temporaryFolder()
  apps = []
})
afterEach(async () => {
  await Promise.all(apps.map((app) => app.kill()))
  folder.remove()
})

describe.skipIf(chromiumMissing !== null)(
  `a power cut${chromiumMissing ? ` (skipped: ${chromiumMissing})` : ''}`,
  () => {
    it('in the middle of a passage loses no saved word, and the next start says nothing alarming', async () => {
      const first = await start()
      await beginWithDemo(first.page)
      const storyId = new URL(first.page.url()).hash.split('/').at(-1) ?? ''
      await composer(first.page).fill('The lighthouse is dark tonight.')
      await sendButton(first.page).click()
      await passages(first.page).last().waitFor()
      const saved = async () => {
        const story = (await first.process.rpc('stories.list', {})).find(({ id }) => id === storyId)
        return story?.excerpt ?? ''
      }
      await expect.poll(async () => (await saved()).split(' ').length).toBeGreaterThan(8)
      const before = await saved()
      await first.kill()

      const second = await start()
      await second.page.getByRole('main').getByRole('listitem').getByRole('link').click()
      await composer(second.page).waitFor()
      const text = (await passages(second.page).last().getByRole('paragraph').allTextContents()).join(' ')
      expect(text.replace(/\s+/g, ' ')).toContain(before.trim().replace(/\s+/g, ' '))
      await second.page.getByText(writing.end.stopped).waitFor()
      await second.page.getByText('The lighthouse is dark tonight.').waitFor()
      expect(await second.page.getByRole('alert').count()).toBe(0)
      expect(second.troubles).toEqual([])

      await second.page.getByRole('button', { name: writing.composer.continue }).last().click()
      await sendButton(second.page).waitFor({ timeout: 60_000 })
      expect(await passages(second.page).count()).toBe(1)
      await second.quit()
    })
  }
)
