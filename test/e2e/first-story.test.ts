import { describe, expect, it } from 'vitest'
import { chromiumMissing, startBrowserApp } from '@test/helpers/browser-app'
import { keepApps } from './kept-apps'
import { writeFirstStory } from './first-story'

const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

const apps = keepApps()

// In Electron it is the packed app that writes it: packaged.test.ts.
describe.skipIf(chromiumMissing !== null)(`the first story in Chromium${because(chromiumMissing)}`, () => {
  it('is there after a restart, with the text that was stopped', async () => {
    const { dataDir, kept } = apps
    expect(await writeFirstStory(() => kept(startBrowserApp({ dataDir })))).toEqual([])
  })
})
