import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'
import type { Language } from '@contract/values'
import { PROJECT_FOLDER } from '@test/helpers/app-process'
import type { Look } from './looks'

const OVERLAYS = '[role=menu], [role=listbox], [role=dialog]'
const Words = z.record(z.string(), z.unknown())

/** A preset of another program: some of it comes over, and some does not. */
const FOREIGN = {
  name: 'Crypt.json',
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify({ chat_completion_source: 'openai', prompts: [], temperature: 0.9, wrap_in_quotes: true })
  ),
}

/** Rows for a batch, of which one has a cell too many. */
const LIST = { name: 'crew.csv', mimeType: 'text/csv', buffer: Buffer.from('who\nAnn\nBo,30\nCai\n') }

/** How something named by the text at this key begins to be called: what is filled in may be anything. */
function nameAt(language: Language, key: string): RegExp {
  const [file = '', way = ''] = key.split(':')
  const text = readFileSync(join(PROJECT_FOLDER, 'resources/locales', language, `${file}.json`), 'utf8')
  const path = way.split('.')
  const last = path.pop() ?? ''
  const around = path.reduce((found, part) => Words.parse(found[part]), Words.parse(JSON.parse(text)))
  // Each form for a number is a text of its own.
  const forms = Object.keys(around).filter((name) => name === last || name.startsWith(`${last}_`))
  if (forms.length === 0) throw new Error(`There is no text at ${key}`)
  const patterns = forms.map((name) =>
    z
      .string()
      .parse(around[name])
      .split(/\{\{\w+\}\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')
  )
  return new RegExp(`^(${patterns.join('|')})`)
}

/** Waits until nothing fades or slides: what is still fading in is too pale to be measured. */
function stillness(page: Page): Promise<void> {
  return page.evaluate(async () => {
    // What begins to move does so a frame or two after it is there.
    for (let calm = 0; calm < 3; calm += 1) {
      await new Promise((done) => requestAnimationFrame(done))
      if (document.getAnimations().some(({ playState }) => playState === 'running')) calm = 0
    }
  })
}

/** All of the page, and of a page that was measured before: what lies over it, and what has opened that. */
const PAGE = ['html']
const ON_TOP = ['#overlays', '[aria-expanded="true"]']

interface Measure {
  /** Of the page, by selectors; one of which nothing is there is passed over. */
  parts: readonly string[]
  /** Only what a theme can spoil. */
  onlyColours: boolean
}

/** What axe finds on the page as it is drawn, contrast and names of buttons included. */
async function violations(page: Page, measure: Measure): Promise<string[]> {
  await stillness(page)
  return page.evaluate(async ({ parts, onlyColours }) => {
    // Placed there by `lookAtAll`, in the page's own world.
    const { axe: engine } = window as unknown as { axe: typeof axe }
    const { violations: all } = await engine.run(
      { include: parts.map((part) => [part]) },
      {
        ...(onlyColours
          ? { runOnly: ['color-contrast', 'link-in-text-block'] }
          : { rules: { 'label-content-name-mismatch': { enabled: true } } }),
        resultTypes: ['violations'],
      }
    )
    return all.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 240)}`))
  }, measure)
}

/** In the light and in the dark: only the colours differ between them. */
async function violationsInBoth(page: Page, where: string): Promise<string[]> {
  const paint = (theme: string) =>
    page.evaluate((scheme) => document.documentElement.setAttribute('data-mantine-color-scheme', scheme), theme)
  const light = await violations(page, { parts: PAGE, onlyColours: false })
  await paint('dark')
  const dark = await violations(page, { parts: PAGE, onlyColours: true })
  await paint('light')
  return [...light.map((line) => `${where}, light: ${line}`), ...dark.map((line) => `${where}, dark: ${line}`)]
}

const violationsIn = async (page: Page, where: string, parts: readonly string[]): Promise<string[]> =>
  (await violations(page, { parts, onlyColours: false })).map((line) => `${where}: ${line}`)

async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
}

async function closeAll(page: Page): Promise<void> {
  const open = page.locator(OVERLAYS).locator('visible=true')
  // A field takes the first Escape for itself.
  for (let tries = 0; tries < 5 && (await open.count()) > 0; tries += 1) {
    await page.keyboard.press('Escape')
    await stillness(page)
  }
  await open.first().waitFor({ state: 'hidden' })
}

/** What is on top: a dialog opened from a dialog lies over it, and what it hides cannot be pressed. */
async function top(page: Page): Promise<Locator> {
  const open = page.locator(OVERLAYS).locator('visible=true')
  return (await open.count()) > 0 ? open.last() : page.locator('body')
}

async function take(page: Page, language: Language, step: string): Promise<void> {
  const [role = '', key = '', focused] = step.split(' ')
  if (role === 'press') return page.keyboard.press(key)
  const name = nameAt(language, focused ?? key)
  const inside = await top(page)
  if (role === 'file') {
    const chooser = page.waitForEvent('filechooser')
    await inside.getByRole('menuitem', { name }).click()
    return (await chooser).setFiles(FOREIGN)
  }
  const found = inside.getByRole(role === 'menuitem' ? role : 'button', { name }).locator('visible=true')
  if (role === 'list') {
    const chooser = page.waitForEvent('filechooser')
    await found.first().click()
    return (await chooser).setFiles(LIST)
  }
  if (role === 'focus') await found.first().focus()
  else if (role === 'last') await found.last().click()
  else await found.first().click()
}

const onTop = ({ open, shows = 'dialog' }: Look) => open !== undefined && shows !== 'main' && shows !== 'textbox'

async function shown(page: Page, look: Look): Promise<void> {
  const around = page.locator(onTop(look) ? '#overlays' : 'body')
  await around
    .getByRole(look.shows ?? 'dialog')
    .locator('visible=true')
    .first()
    .waitFor()
}

/** What can be opened on the page as it is, menus, pickers and lists: of rows alike, in the first of them. */
async function lookIntoOpeners(page: Page, where: string): Promise<string[]> {
  const openers = page.locator('main').locator('button[aria-haspopup]:visible:not([disabled])')
  const kinds = await openers.evaluateAll((buttons) => {
    const rows = [...document.querySelectorAll('ul, ol, table')]
    return buttons.map((button) => `${rows.findIndex((list) => list.contains(button))} ${button.className}`)
  })
  const found: string[] = []
  for (const [index, kind] of kinds.entries()) {
    if (kind.startsWith('-1 ') || kinds.indexOf(kind) === index) {
      const opener = openers.nth(index)
      const name = (await opener.getAttribute('aria-label')) ?? (await opener.textContent()) ?? ''
      await opener.click()
      await page.locator(OVERLAYS).locator('visible=true').first().waitFor()
      found.push(...(await violationsIn(page, `${where} > ${name}`, ON_TOP)))
      await closeAll(page)
    }
  }
  return found
}

/** The page as a walk has left it, in both themes; the walk goes on in the light one. Returns what axe finds. */
export async function lookHere(page: Page, where: string): Promise<string[]> {
  await page.evaluate(axe.source)
  return violationsInBoth(page, where)
}

/**
 * Every look in this language, and in the theme that the app has. Returns what axe finds. A colour is the same in every
 * language, and a name in every theme: each language in a theme of its own is enough to see all of them.
 */
export async function lookAtAll(page: Page, language: Language, looks: readonly Look[]): Promise<string[]> {
  // Nothing that fades is waited for.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.reload()
  await page.locator(`html[lang=${language}]`).waitFor()
  await page.evaluate(axe.source)
  const found: string[] = []
  for (const look of looks) {
    const { at, open = [], shows } = look
    const where = [`${language} ${at}`, ...open].join(' > ')
    try {
      // By way of nowhere: what was unfolded or switched on at the look before is not carried over.
      await page.evaluate((hash) => (window.location.hash = hash), at === '/bin' ? '/settings' : '/bin')
      await page.evaluate((hash) => (window.location.hash = hash), at)
      await settle(page)
      for (const step of open.slice(0, -1)) {
        await take(page, language, step)
        if (/^(button|last) /.test(step)) await page.locator(OVERLAYS).locator('visible=true').first().waitFor()
      }
      const last = open.at(-1)
      if (last !== undefined) {
        await take(page, language, last)
        await shown(page, look)
      }
      found.push(...(await violationsIn(page, where, onTop(look) ? ON_TOP : PAGE)))
      if (last === undefined) found.push(...(await lookIntoOpeners(page, where)))
      await closeAll(page)
      if (shows === 'main') await page.keyboard.press('Escape')
    } catch (error) {
      throw new Error(`The look at ${where} fails`, { cause: error })
    }
  }
  return [...new Set(found)]
}
