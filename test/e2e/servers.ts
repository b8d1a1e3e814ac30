import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import frame from '@resources/locales/en/frame.json'
import common from '@resources/locales/en/common.json'
import servers from '@resources/locales/en/servers.json'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { createGate } from '@test/helpers/gate'
import type { RunningApp } from '@test/helpers/running-app'

const PASSWORD = 'harbour light'
const MODEL = 'tale:3b'

const filled = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))

/**
 * Someone adds a guarded server and an open one, sees the connection tested, puts the second one first by keyboard, pulls
 * a model, restarts in the middle, sees it arrive, and deletes the server. Returns what went wrong in the windows.
 */
export async function keepServers(start: () => Promise<RunningApp>): Promise<string[]> {
  const gate = createGate()
  const guarded = await startFakeOllama({ auth: { basic: { username: 'vera', password: PASSWORD } } })
  const attic = await startFakeOllama({
    models: [{ name: 'here:8b', loaded: true, loadedContext: 16_384 }],
    library: [{ name: MODEL, layers: [2_000_000, 500], gate }],
  })
  try {
    const first = await start()
    await openServers(first.page)
    await addGuarded(first.page, guarded.url)
    await add(first.page, 'Attic', attic.url)
    await putFirst(first.page, 'Attic')
    await first.page.getByText(/context 16,384/).waitFor()
    await pull(first.page)
    await gate.reached
    const troubles = [...first.troubles]
    await first.quit()
    gate.open()

    const second = await start()
    await openServers(second.page)
    await expect.poll(() => order(second.page)).toEqual(['Attic', 'Guarded'])
    await second.page
      .getByRole('list', { name: servers.models.title, exact: true })
      .getByText(MODEL)
      .waitFor({ timeout: 30_000 })
    await deleteModel(second.page)
    expect(attic.modelNames()).toEqual(['here:8b'])
    await deleteServer(second.page, 'Attic')
    await expect.poll(() => order(second.page)).toEqual(['Guarded'])
    troubles.push(...second.troubles)
    await second.quit()
    return troubles
  } finally {
    await Promise.all([guarded.stop(), attic.stop()])
  }
}

async function openServers(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: frame.rail.label })
    .getByRole('link', { name: frame.places.servers })
    .click()
  await page.getByRole('heading', { name: servers.title }).waitFor()
}

const list = (page: Page) => page.getByRole('navigation', { name: servers.title })

/** Names of the servers from first to last. */
async function order(page: Page): Promise<string[]> {
  const texts = await list(page).getByRole('link').allInnerTexts()
  return texts.map((text) => (text.split('\n')[0] ?? '').trim())
}

async function openForm(page: Page, name: string, url: string) {
  await page.getByRole('button', { name: servers.add }).click()
  const dialog = page.getByRole('dialog', { name: servers.add })
  await dialog.getByLabel(servers.form.address).fill(url.replace('http://', ''))
  await dialog.getByLabel(common.name).fill(name)
  return dialog
}

async function addGuarded(page: Page, url: string): Promise<void> {
  const dialog = await openForm(page, 'Guarded', url)
  await dialog.getByRole('button', { name: servers.form.test }).click()
  await dialog.getByText(servers.verdict.needsAuth).waitFor()
  await dialog.getByLabel(servers.form.auth).selectOption('basic')
  await dialog.getByLabel(servers.form.username).fill('vera')
  await dialog.getByLabel(servers.form.password, { exact: true }).fill('wrong')
  await dialog.getByRole('button', { name: servers.form.test }).click()
  await dialog.getByText(servers.verdict.wrongAuth).waitFor()
  await dialog.getByLabel(servers.form.password, { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: servers.form.test }).click()
  await dialog.getByText(/^It works: Ollama 0\.12\.0, 2 models\.$/).waitFor()
  await dialog.getByRole('button', { name: common.add }).click()
  await list(page)
    .getByText(/available/)
    .waitFor()
}

async function add(page: Page, name: string, url: string): Promise<void> {
  const dialog = await openForm(page, name, url)
  await dialog.getByRole('button', { name: common.add }).click()
  await page.getByRole('heading', { name, exact: true }).waitFor()
}

async function putFirst(page: Page, name: string): Promise<void> {
  const grip = list(page).getByRole('button', { name: new RegExp(`^Move ${name},`) })
  await grip.focus()
  await page.keyboard.press('Home')
  await expect.poll(() => order(page)).toEqual([name, 'Guarded'])
}

async function pull(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: servers.pull.name }).fill(`ollama pull ${MODEL}`)
  await page.getByRole('button', { name: servers.pull.download, exact: true }).click()
  await page.getByRole('progressbar', { name: filled(servers.pull.progressOf, { name: MODEL }) }).waitFor()
}

async function deleteModel(page: Page): Promise<void> {
  await page.getByRole('button', { name: filled(servers.models.deleteNamed, { name: MODEL }), exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: common.delete }).click()
  await page.getByText(filled(servers.models.deleted, { name: MODEL })).waitFor()
}

async function deleteServer(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: filled(servers.page.more, { name }) }).click()
  await page.getByRole('menuitem', { name: common.delete }).click()
  await page.getByRole('dialog').getByRole('button', { name: common.delete }).click()
  await page.getByText(filled(servers.page.deleted, { name })).waitFor()
}
