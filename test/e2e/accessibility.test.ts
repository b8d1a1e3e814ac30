import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Update } from '@contract/entities/update'
import { Language } from '@contract/values'
import { chromiumMissing, openWindow, startBrowserApp } from '@test/helpers/browser-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { expectButtonsInOneLine } from './composer-line'
import { startFurnishedApp } from './furnished-app'
import { lookAtAll } from './look-at'
import { emptyLooks, furnishedLooks, lockedLooks, updateLooks } from './looks'

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`
const TIMEOUT = 600_000

/** Each language in its own: together they see every colour and every name. */
const themes = { en: 'light', ru: 'dark' } as const

/** The browser shell finds no newer version, ever: its page is told of one as that of a packed app is. */
async function tellOfUpdate(page: Page): Promise<void> {
  const data: Update = {
    can: 'yes',
    state: 'found',
    version: '2.0.0',
    notes: '- Faster',
    progress: 0,
    later: false,
    checkedAt: null,
    problem: null,
  }
  await page.route('**/rpc/updates.get', (route) => route.fulfill({ json: { ok: true, data } }))
}

// At the same time, each with an app and a window of its own: what is drawn by the one is measured on another core.
describe.skipIf(chromiumMissing !== null).concurrent(`every screen, menu and dialog, in both themes${because}`, () => {
  it.each(Language.options)('trips up nobody in %s', { timeout: TIMEOUT }, async (language) => {
    const furnished = await startFurnishedApp()
    try {
      await furnished.app.process.rpc('preferences.set', { theme: themes[language], language })
      expect(await lookAtAll(furnished.app.page, language, furnishedLooks(furnished))).toEqual([])
      await furnished.go(`/stories/${furnished.storyId}`)
      await expectButtonsInOneLine(furnished.app.page, language)
      await tellOfUpdate(furnished.app.page)
      expect(await lookAtAll(furnished.app.page, language, updateLooks)).toEqual([])
      expect(furnished.app.troubles).toEqual([])
    } finally {
      await furnished.stop()
    }
  })

  it.each(Language.options)('trips up nobody in %s where nothing is yet', { timeout: TIMEOUT }, async (language) => {
    const folder = temporaryFolder()
    // No keychain of whoever runs the tests is touched: there is none at this address.
    const env = { FABULA_VAULT_KEY: undefined, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
    const app = await startBrowserApp({ dataDir: folder.path, env })
    try {
      await app.process.rpc('preferences.set', { theme: themes[language], language })
      expect(await lookAtAll(app.page, language, emptyLooks)).toEqual([])
      await app.process.rpc('vault.create', { kind: 'passphrase', passphrase: 'forty-two steps up' })
      await app.process.stop()
      const again = await app.process.restart()
      const window = await openWindow(again.url)
      try {
        expect(await lookAtAll(window.page, language, lockedLooks)).toEqual([])
        expect(window.troubles).toEqual([])
      } finally {
        await window.close()
        await again.kill()
      }
    } finally {
      await app.kill()
      folder.remove()
    }
  })
})
