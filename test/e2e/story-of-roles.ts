import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { PresetRole } from '@contract/entities/preset'
import frame from '@resources/locales/en/frame.json'
import inspector from '@resources/locales/en/inspector.json'
import stories from '@resources/locales/en/stories.json'
import worlds from '@resources/locales/en/worlds.json'
import writing from '@resources/locales/en/writing.json'
import { AppProcess } from '@test/helpers/app-process'
import { chatReply } from '@test/helpers/chat-reply'
import type { FakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { createRoleModels, type RoleModels } from '@test/helpers/role-scripts'
import type { RunningApp } from '@test/helpers/running-app'
import { composer, passages, place, sendButton } from './screens'

const TITLE = 'The lamp on the cape'
const WORLD = 'The cape'
const CHARACTER = 'Anna'
const LORE = 'The lamp has been dark for a year.'
const PLANTED = 'The lamp burns as it did every night.'
const MENDED = 'The glass of the lamp is cold to the hand.'
const LINES = [
  'Я зову хозяйку: Anna, is the lamp lit?',
  'I climb up to the lamp with Anna.',
  'I wait for Anna.',
] as const

/** Whoever takes part, and the model of each is called like its role. */
const cast = ['main', 'storyteller', 'guard', 'rag', 'director'] as const

const guardSays = (...quotes: string[]) =>
  JSON.stringify({
    verdict: quotes.length > 0 ? 'contradicts' : 'passes',
    contradictions: quotes.map((quote) => ({
      quote,
      source: 'W1',
      canon: LORE,
      why: 'Nobody has lit it since.',
      severity: 'high',
    })),
  })

/**
 * A writer makes a world, and every role writes the story with them: the Guard catches what was planted in a draft, the writer
 * keeps it once and has it written again once, looks at what was sent, has a step taken again with other words, sees what the
 * next turn would send, and finds a word by another form of it. The app is killed while the Storyteller writes; after the
 * restart the draft takes the place of what broke off, and the story goes on. Returns what went wrong in the windows.
 */
export async function writeWithAllRoles(
  dataDir: string,
  fake: FakeOpenAi,
  start: () => Promise<RunningApp>
): Promise<string[]> {
  await tellBeginning(dataDir, fake)
  const models = createRoleModels({ fake })
  models.answer('director', 'Beat: a shutter bangs.')
  models.answer('rag', JSON.stringify({ queries: ['where Marta hid the astrolabe'] }))
  models.answer('storyteller', 'What the reader sees.')

  const first = await start()
  const { page } = first
  await makeWorld(page)
  await takeWorld(page)
  await keepDespiteGuard(page, models)
  await writeAgainForGuard(page, models)
  await editStepAndRunAgain(page, models)
  await lookAhead(page, fake)
  await findWord(page)
  await killMidway(first, dataDir, models)

  const second = await start()
  await goOn(second.page, models)
  await second.quit()
  return [...first.troubles, ...second.troubles]
}

/** A story that is longer than its Writer's window, so that there is something to recall. */
async function tellBeginning(dataDir: string, fake: FakeOpenAi): Promise<void> {
  const app = await AppProcess.start({ dataDir })
  try {
    const { id: providerId } = await app.rpc('providers.create', {
      name: 'Fake',
      baseUrl: fake.url,
      keyRequired: false,
    })
    const role = (model: string): PresetRole => ({
      enabled: true,
      modelConfigId: null,
      settings: {
        providerId,
        model,
        samplers: { num_ctx: 2000, max_tokens: 200 },
        // What it finds is left to the writer.
        ...(model === 'guard' ? { work: { rewrites: 0 } } : {}),
      },
    })
    const alone = await app.rpc('presets.create', { name: 'The Writer alone', roles: { main: role('main') } })
    const roles = Object.fromEntries(cast.map((name) => [name, role(name)]))
    const all = await app.rpc('presets.create', { name: 'All of them', roles })
    const { id } = await app.rpc('stories.create', { language: 'en', presetId: alone.id, title: TITLE })
    fake.alwaysAnswerWith(() =>
      chatReply.stream(['Old Marta hid the brass astrolabe under the third stair. '.repeat(12)])
    )
    for (let told = 0; told < 7; told += 1) {
      await app.rpc('turns.start', { storyId: id, kind: 'send', text: `I go on for the ${told}th time.` })
      await expect.poll(() => app.rpc('turns.active', { storyId: id })).toBeNull()
    }
    await expect.poll(async () => (await app.rpc('memory.state', { storyId: id })).state).toBe('ready')
    await app.rpc('stories.setPreset', { id, presetId: all.id })
    await app.rpc('preferences.set', { guideDone: true })
    await app.stop()
  } finally {
    await app.kill()
  }
}

const saved = (page: Page) => page.getByText('Saved', { exact: true }).last().waitFor()

async function makeWorld(page: Page): Promise<void> {
  await place(page, frame.places.worlds)
  await page.getByRole('button', { name: worlds.new }).first().click()
  await page.getByRole('textbox', { name: worlds.name, exact: true }).fill(WORLD)
  await page.getByRole('button', { name: worlds.add.character }).click()
  await page.getByRole('textbox', { name: worlds.entryName, exact: true }).fill(CHARACTER)
  await page.getByRole('textbox', { name: worlds.fields.description, exact: true }).fill('Keeps the lamp.')
  await saved(page)
  await page.getByRole('tab', { name: worlds.tabs.lore }).click()
  await page.getByRole('button', { name: worlds.add.lore }).click()
  await page.getByRole('textbox', { name: worlds.entryName, exact: true }).fill('Lamp')
  await page.getByLabel(worlds.fields.keys, { exact: true }).locator('visible=true').first().fill('lamp')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: worlds.fields.content, exact: true }).fill(LORE)
  await saved(page)
}

async function openStory(page: Page): Promise<void> {
  await place(page, frame.places.stories)
  await page.getByRole('main').getByRole('listitem').getByRole('link').click()
  await composer(page).waitFor()
}

async function takeWorld(page: Page): Promise<void> {
  await openStory(page)
  await page.getByRole('link', { name: worlds.scene.settings }).click()
  await page.getByPlaceholder(worlds.story.noWorlds).click()
  await page.getByRole('option', { name: WORLD }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: worlds.story.toStory }).click()
  await composer(page).waitFor()
}

const lastPassage = (page: Page) => passages(page).last()

/** The page of a long story shows as many passages before as after a turn: its end is seen by its words. */
async function takeTurn(page: Page, line: string, passage: string): Promise<void> {
  await composer(page).fill(line)
  await sendButton(page).click()
  await page.getByText(line).last().waitFor()
  await lastPassage(page).getByText(passage).waitFor()
  await sendButton(page).waitFor()
}

async function keepDespiteGuard(page: Page, models: RoleModels): Promise<void> {
  models.answer('main', `${PLANTED} Anna nods.`)
  models.answer('guard', guardSays(PLANTED))
  await takeTurn(page, LINES[0], 'What the reader sees.')
  const passage = lastPassage(page)
  await passage.getByText(writing.origins.planned, { exact: true }).waitFor()
  await passage.getByText(/passages? recalled/).waitFor()
  expect(models.prompts('main').at(-1)).toContain('Beat: a shutter bangs.')
  expect(models.prompts('main').at(-1)).toContain(LORE)
  expect(models.prompts('guard').at(-1)).toContain(`[W1 · Lamp]\n${LORE}`)

  await passage.getByText(writing.notes.open_one.replace('{{count}}', '1')).waitFor()
  await passage.getByRole('button', { name: writing.notes.show, exact: true }).click()
  await passage.getByText(PLANTED).waitFor()
  await passage.getByText(LORE).waitFor()
  await passage.getByRole('button', { name: writing.notes.accept }).click()
  await passage.getByText(writing.origins.accepted).waitFor()
}

async function writeAgainForGuard(page: Page, models: RoleModels): Promise<void> {
  models.answer('main', PLANTED, MENDED)
  models.answer('guard', guardSays(PLANTED), guardSays())
  await takeTurn(page, LINES[1], 'What the reader sees.')
  await lastPassage(page).getByText(writing.notes.open_one.replace('{{count}}', '1')).waitFor()
  await lastPassage(page).getByRole('button', { name: writing.notes.reject, exact: true }).click()
  await lastPassage(page).getByText(writing.origins.passed_zero, { exact: true }).waitFor()
  await sendButton(page).waitFor()
  expect(models.prompts('main').at(-1)).toContain(`«${PLANTED}»`)
  expect(models.prompts('storyteller').at(-1)).toContain(MENDED)
  await lastPassage(page).getByText('2 / 2').waitFor()
}

async function editStepAndRunAgain(page: Page, models: RoleModels): Promise<void> {
  await lastPassage(page).getByRole('button', { name: inspector.open }).click()
  const panel = page.getByRole('complementary', { name: inspector.turn })
  const steps = panel.getByRole('list', { name: inspector.list }).getByRole('button')
  await expect.poll(() => steps.count()).toBe(5)
  expect(await steps.allTextContents()).toEqual(
    ['Director', 'Memory', 'Writer', 'Guard', 'Storyteller'].map((role) => expect.stringContaining(role))
  )
  const askedBefore = models.asked().length
  await panel.getByRole('button', { name: inspector.rerun.edit }).click()
  await panel.getByRole('textbox', { name: inspector.message.user }).last().fill('Tell it as the sea would.')
  models.answer('storyteller', 'What the sea saw.')
  await panel.getByRole('button', { name: inspector.rerun.run }).click()
  await lastPassage(page).getByText('What the sea saw.').waitFor()
  await sendButton(page).waitFor()
  await lastPassage(page).getByText('3 / 3').waitFor()
  expect(models.asked().slice(askedBefore)).toEqual(['storyteller'])
  expect(models.prompts('storyteller').at(-1)).toContain('Tell it as the sea would.')
}

async function lookAhead(page: Page, fake: FakeOpenAi): Promise<void> {
  const asked = fake.chats().length
  await composer(page).fill(LINES[2])
  await page.getByRole('button', { name: inspector.dryRun.command }).click()
  const panel = page.getByRole('complementary', { name: inspector.dryRun.title })
  const steps = panel.getByRole('list', { name: inspector.dryRun.list }).getByRole('button')
  await expect.poll(() => steps.count()).toBe(5)
  await steps.filter({ hasText: 'Writer' }).click()
  await panel.getByText(LINES[2]).last().waitFor({ state: 'attached' })
  await panel.getByRole('region', { name: inspector.budget }).getByRole('row', { name: 'Lore' }).first().waitFor()
  await panel.getByRole('button', { name: inspector.close }).click()
  expect(fake.chats()).toHaveLength(asked)
}

/** The story has another form of the word. */
async function findWord(page: Page): Promise<void> {
  await place(page, frame.places.stories)
  await page.getByRole('searchbox', { name: stories.search.label }).fill('хозяйка')
  const found = page.getByRole('list', { name: stories.search.results })
  await found.getByText('хозяйку', { exact: true }).waitFor()
  await page.getByRole('searchbox', { name: stories.search.label }).fill('')
}

function isOnDisk(dataDir: string, text: string): boolean {
  const db = new Database(join(dataDir, 'fabula.sqlite'), { readonly: true, fileMustExist: true })
  try {
    return db.prepare('SELECT 1 FROM messages WHERE text = ?').get(text) !== undefined
  } finally {
    db.close()
  }
}

async function killMidway(app: RunningApp, dataDir: string, models: RoleModels): Promise<void> {
  const gate = createGate()
  models.answer('main', MENDED)
  models.answer('storyteller', chatReply.stream(['Half of what the rea', gate]))
  await openStory(app.page)
  await composer(app.page).fill(LINES[2])
  await sendButton(app.page).click()
  await lastPassage(app.page).getByText('Half of what the rea').waitFor()
  // Words are on the screen at once, and on the disk a moment later.
  await expect.poll(() => isOnDisk(dataDir, 'Half of what the rea')).toBe(true)
  await app.kill()
  gate.open()
}

async function goOn(page: Page, models: RoleModels): Promise<void> {
  await openStory(page)
  await lastPassage(page).getByText('Half of what the rea').waitFor()
  await page.getByText(writing.end.stopped).waitFor()
  await page.getByRole('button', { name: writing.end.useDraft }).click()
  await lastPassage(page).getByText(MENDED).waitFor()
  await lastPassage(page).getByText(writing.origins.draft).waitFor()
  models.answer('storyteller', 'And so it went on.')
  await takeTurn(page, 'I go on.', 'And so it went on.')
}
