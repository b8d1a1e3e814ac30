import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '@contract/values'
import { readCard } from '@main/formats/card'
import { readCardFile, writeCardPng } from '@main/formats/card-file'
import { plainPng } from '@main/formats/png'
import common from '@resources/locales/en/common.json'
import files from '@resources/locales/en/files.json'
import stories from '@resources/locales/en/stories.json'
import { chromiumMissing, startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'

let folder: TemporaryFolder
let app: BrowserApp

beforeEach(async () => {
  folder = temporaryFolder()
  app = await startBrowserApp({ dataDir: folder.path })
})
afterEach(async () => {
  await app.kill()
  folder.remove()
})

const entries: JsonObject[] = [
  { keys: ['lighthouse'], content: 'Dark for a year.', enabled: true, insertion_order: 1, extensions: {}, vendor: 1 },
  { keys: ['storm'], content: 'It comes each autumn.', enabled: true, insertion_order: 2, extensions: {} },
]
const book: JsonObject = { name: 'Sea', extensions: {}, entries }
const card: JsonObject = {
  spec: 'chara_card_v2',
  spec_version: '2.0',
  data: {
    name: 'Mira',
    description: 'Keeper of the light.',
    personality: 'Dry.',
    scenario: '',
    first_mes: 'Mind the stairs.',
    mes_example: '',
    system_prompt: 'Be brief.',
    extensions: { vendor: { a: 1 } },
    character_book: book,
  },
}
/** As large as pictures of cards are, so that it goes in more than one part. */
const picture = Buffer.concat([plainPng(600, 900, [40, 90, 140]), Buffer.alloc(5_000_000, 'behind the end')])

const read = readCard(card)
const png = writeCardPng({ character: read, extra: read.extra, book }, picture)
const said = (mes: string, more: object = {}) => ({ name: 'Mira', is_user: false, mes, ...more })
const chat = [
  { user_name: 'Anna', character_name: 'Mira', create_date: '2024-01-01', chat_metadata: { vendor: 1 } },
  said('The lamp is out.', { swipes: ['The lamp is lit.', 'The lamp is out.'], swipe_id: 1 }),
  said('Why?', { name: 'Anna', is_user: true }),
  said('Nobody came.'),
]
const jsonl = chat.map((line) => JSON.stringify(line)).join('\n')

const dialog = (page: Page) => page.getByRole('dialog', { name: files.import.title })

/** Drops files on the window, as from a folder of the system. */
async function drop(page: Page, dropped: readonly { name: string; type: string; content: Buffer }[]): Promise<void> {
  const data = await page.evaluateHandle(
    (given) => {
      const transfer = new DataTransfer()
      for (const { name, type, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0) ?? 0)
        transfer.items.add(new File([bytes], name, { type }))
      }
      return transfer
    },
    dropped.map(({ name, type, content }) => ({ name, type, base64: content.toString('base64') }))
  )
  for (const event of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', event, { dataTransfer: data })
}

const because = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`

describe.skipIf(chromiumMissing !== null)(`files of other programs in Chromium${because}`, () => {
  it('become a world and a story when they are dropped, and go back into files as they were', async () => {
    const { page, process } = app
    await process.rpc('presets.create', { name: 'Plain', roles: {} })
    await page.goto(`${new URL(page.url()).origin}/#/stories`)
    await page.getByRole('button', { name: stories.import, exact: true }).waitFor()
    await drop(page, [
      { name: 'mira.png', type: 'image/png', content: png },
      { name: 'night.jsonl', type: '', content: Buffer.from(jsonl) },
      { name: 'holiday.png', type: 'image/png', content: plainPng(10, 10, [0, 0, 0]) },
    ])
    const plan = dialog(page)
    await plan.getByRole('region', { name: files.kind.character }).getByText('1 greeting · 2 lore entries').waitFor()
    await plan.getByRole('region', { name: files.kind.story }).getByText('3 passages · 1 alternative').waitFor()
    await plan.getByRole('region', { name: 'holiday.png' }).getByText('There is no character in this file.').waitFor()
    await plan.getByRole('textbox', { name: files.world.name }).fill('Harbour')
    await plan.getByRole('button', { name: files.import.run, exact: true }).click()
    await plan.getByText('Imported: 1 character, 2 lore entries, 1 story').waitFor()
    const [world] = await process.rpc('worlds.list', {})
    expect(world).toMatchObject({ name: 'Harbour', stories: 1, entries: { character: 1, lore: 2 } })
    await plan.getByRole('button', { name: common.close }).last().click()

    await page.goto(`${new URL(page.url()).origin}/#/stories`)
    await page.getByRole('button', { name: stories.menu.label.replace('{{title}}', 'night') }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: stories.menu.export }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('night.jsonl')
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as JsonObject)).toMatchObject(chat)

    const [mira] = await process.rpc('worlds.entries', { worldId: world?.id ?? '', kind: 'character' })
    const written = await process.rpc('files.exportCharacter', {
      worldId: world?.id ?? '',
      id: mira?.id ?? '',
      form: 'png',
    })
    const back = await readCardFile(Buffer.from(written.data, 'base64'))
    expect(back.picture?.equals(picture)).toBe(true)
    expect(back.book?.['entries']).toMatchObject(entries)
    const [story] = await process.rpc('stories.list', {})
    await page.goto(`${new URL(page.url()).origin}/#/stories/${story?.id ?? ''}`)
    await page.getByText('Nobody came.').waitFor()
    await drop(page, [{ name: 'night.jsonl', type: '', content: Buffer.from(jsonl) }])
    await dialog(page).getByRole('region', { name: files.kind.story }).getByText('night').first().waitFor()
    expect(app.troubles).toEqual([])
  })
})
