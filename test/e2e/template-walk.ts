import { expect } from 'vitest'
import type { InputType } from '@contract/entities/template'
import type { Language } from '@contract/values'
import { AppProcess } from '@test/helpers/app-process'
import { chatReply } from '@test/helpers/chat-reply'
import type { FakeOpenAi } from '@test/helpers/fake-openai'
import type { RunningApp } from '@test/helpers/running-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { lookHere } from './look-at'
import {
  addVariables,
  asked,
  FIT,
  names,
  openTab,
  saveVersion,
  shapeAnswer,
  TEXT,
  TYPED,
  wordsIn,
  writeText,
  type SavedFile,
  type Walk,
} from './template-making'

const SENT =
  'Describe Mira, aged 58: Lit the lamp. Still alive. Mood: wild. Traits: proud, shy. Seen in: The cape. Letter: Come home.'

const UNFIT = '{"name":"Mira","age":"very old","description":"Keeps the lamp."}'

const CSV = [
  'who,past,age,alive,mood,traits,seen,letter',
  'Ann,Sailed.,20,yes,calm,proud,The port,Hello.',
  'Bo,Fished.,30,no,wild,shy,The port;The cape,Hello.',
  'Cai,Slept.,very old,no,calm,proud,The port,Hello.',
  'Dan,Sang.,50,yes,wild,proud;shy,The mill,Hello.',
  'Eve,Read.,60,no,calm,shy,The inn,Hello.',
].join('\n')

/** Starts the app, and takes the file that it gives when something is pressed: each shell has a way of its own. */
export interface Shell<App extends RunningApp> {
  start: () => Promise<App>
  save: (app: App, press: () => Promise<void>) => Promise<SavedFile>
}

/**
 * A writer makes a template with a variable of every type, sees what would be sent, and uses it: the first answer does not
 * have the shape, the second has. The character goes to a world; the template goes back to its first version and comes back,
 * leaves for another computer in a file, and runs over a list with a faulty row. Returns what went wrong in the window, and
 * what axe finds on the way.
 */
export async function useTemplate<App extends RunningApp>(
  language: Language,
  dataDir: string,
  fake: FakeOpenAi,
  shell: Shell<App>
): Promise<string[]> {
  await prepare(language, dataDir, fake)
  const app = await shell.start()
  const { page } = app
  const walk: Walk = { page, words: wordsIn(language), fake, save: (press) => shell.save(app, press) }
  await openTemplates(walk)
  await page.getByRole('button', { name: walk.words.templates('new'), exact: true }).click()
  await writeText(walk)
  await saveVersion(walk, 1)
  await addVariables(walk)
  const found = await lookHere(page, 'variables')
  await shapeAnswer(walk)
  await saveVersion(walk, 2)
  await generate(walk)
  found.push(...(await seeBothAnswers(walk)))
  await sendToWorld(walk)
  await goBackAndForth(walk)
  await carryElsewhere(walk)
  await runOverList(walk)
  await app.quit()
  return [...app.troubles, ...found]
}

async function prepare(language: Language, dataDir: string, fake: FakeOpenAi): Promise<void> {
  const app = await AppProcess.start({ dataDir })
  try {
    const { id: providerId } = await app.rpc('providers.create', {
      name: 'Fake',
      baseUrl: fake.url,
      keyRequired: false,
    })
    const settings = { providerId, model: 'fake-model' }
    const preset = await app.rpc('presets.create', {
      name: 'Fake',
      roles: { main: { enabled: true, modelConfigId: null, settings } },
    })
    await app.rpc('presets.setDefault', { id: preset.id })
    await app.rpc('preferences.set', { guideDone: true, language, theme: 'light' })
    await app.stop()
  } finally {
    await app.kill()
  }
}

async function openTemplates({ page, words: { frame } }: Walk): Promise<void> {
  const rail = page.getByRole('navigation', { name: frame('rail.label') })
  await rail.getByRole('link', { name: frame('places.templates') }).click()
}

async function generate(walk: Walk): Promise<void> {
  const { page, fake, words } = walk
  const { generations } = words
  await openTab(walk, 'use')
  const form = page.getByRole('form', { name: generations('use.label') })
  const box = (type: InputType) => form.getByRole('textbox', { name: asked(type), exact: true })
  await box('text').fill('Mira')
  await box('longText').fill('Lit the lamp.')
  await box('number').fill('58')
  await form.getByRole('switch', { name: asked('boolean') }).press('Space')
  await form.getByText('wild', { exact: true }).click()
  await form.getByText('proud', { exact: true }).click()
  await form.getByText('shy', { exact: true }).click()
  const list = form.getByPlaceholder(generations('form.addItem'))
  await list.fill('The cape')
  await list.press('Enter')
  const chooser = page.waitForEvent('filechooser')
  await form.getByRole('button', { name: generations('file.chooseFor', { label: asked('file') }) }).click()
  await (await chooser).setFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Come home.') })
  await form.getByText('letter.txt').waitFor()

  fake.answerWith(chatReply.stream([UNFIT]), chatReply.stream([FIT]))
  await form.getByRole('button', { name: generations('use.generate'), exact: true }).click()
  const card = page.getByRole('article', { name: 'Mira' })
  await card.getByText(generations('state.fitsTry', { nth: generations('ordinal.1') })).waitFor()
  const [first, second] = fake.chats().map((chat) => JSON.stringify(chat))
  expect(first).toContain(SENT)
  expect(second).toContain('very old')
  expect(fake.chats()).toHaveLength(2)
}

async function seeBothAnswers({ page, words: { generations, common } }: Walk): Promise<string[]> {
  await page.getByRole('button', { name: generations('tries.open', { count: 2 }) }).click()
  const dialog = page.getByRole('dialog', { name: generations('tries.title') })
  const answers = [UNFIT, FIT]
  for (const [index, answer] of answers.entries()) {
    const nth = generations(index === 0 ? 'ordinal.0' : 'ordinal.1')
    await dialog
      .getByRole('region', { name: generations('tries.nth', { nth }) })
      .getByText(answer)
      .waitFor()
  }
  const found = await lookHere(page, 'both answers')
  await dialog.getByRole('button', { name: common('close'), exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  return found
}

async function sendToWorld(walk: Walk): Promise<void> {
  const { page, words } = walk
  const { generations, worlds } = words
  const card = page.getByRole('article', { name: 'Mira' })
  await card.getByRole('button', { name: generations('world.send') }).click()
  await page.getByRole('menuitem', { name: generations('world.make') }).click()
  await card.getByRole('link', { name: 'Mira' }).click()
  const name = page.getByRole('textbox', { name: worlds('entryName'), exact: true })
  await expect.poll(() => name.inputValue()).toBe('Mira')
  const description = page.getByRole('textbox', { name: worlds('fields.description'), exact: true })
  await expect.poll(() => description.inputValue()).toBe('Keeps the lamp.')
}

async function openTemplate(walk: Walk): Promise<void> {
  const { page, words } = walk
  await openTemplates(walk)
  const list = page.getByRole('navigation', { name: words.templates('title') })
  await list.getByRole('link', { name: words.templates('newName') }).click()
}

/** The first version had no variables yet: it asks nothing. */
async function goBackAndForth(walk: Walk): Promise<void> {
  const { page, words } = walk
  const { templates, generations } = words
  const restore = async (number: number) => {
    await openTab(walk, 'versions')
    const row = page.getByRole('listitem', { name: templates('version.number', { number }), exact: true })
    await row.getByRole('button', { name: templates('versions.restore') }).click()
    await page.getByText(templates('versions.restored', { number })).waitFor()
    await openTab(walk, 'use')
  }
  await openTemplate(walk)
  await restore(1)
  await page.getByText(generations('use.noVariables')).waitFor()
  await restore(2)
  await page.getByRole('textbox', { name: asked('text'), exact: true }).waitFor()
}

async function carryElsewhere({ page, save, words: { templates, files, common } }: Walk): Promise<void> {
  const name = templates('newName')
  await page.getByRole('button', { name: templates('menu.label', { name }) }).click()
  await page.getByRole('menuitem', { name: common('exportToFile') }).click()
  await page.getByRole('checkbox', { name, exact: true }).waitFor()
  const { name: fileName, text } = await save(() => page.getByRole('button', { name: files('export.run') }).click())
  expect(fileName).toMatch(/\.fabula\.json$/)

  const folder = temporaryFolder()
  try {
    const elsewhere = await AppProcess.start({ dataDir: folder.path })
    try {
      const report = await elsewhere.rpc('files.import', { files: [{ fileName, text }] })
      expect(report.templates).toMatchObject([{ name }])
      const [imported] = report.templates
      if (!imported) throw new Error('No template came over')
      const { content } = await elsewhere.rpc('templates.get', { id: imported.id })
      expect(content.user).toBe(TYPED + TEXT)
      expect(content.variables.map((variable) => variable.name)).toEqual(Object.values(names))
      expect(content).toMatchObject({ answer: { format: 'json' }, becomes: { kind: 'character' } })
      expect(await elsewhere.rpc('templates.versions', { id: imported.id })).toHaveLength(4)
    } finally {
      await elsewhere.kill()
    }
  } finally {
    folder.remove()
  }
}

async function runOverList({ page, fake, words: { templates, generations } }: Walk): Promise<void> {
  const name = templates('newName')
  fake.alwaysAnswerWith(() => chatReply.stream([FIT]))
  const asks = fake.chats().length
  await page.getByRole('button', { name: generations('use.batch'), exact: true }).click()
  const dialog = page.getByRole('dialog', { name: generations('plan.title', { name }) })
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: generations('file.choose'), exact: true }).click()
  await (await chooser).setFiles({ name: 'crew.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
  const faults = dialog.getByRole('list', { name: generations('plan.faults') }).getByRole('listitem')
  await faults.filter({ hasText: asked('number') }).waitFor()
  expect(await faults.count()).toBe(1)
  await dialog.getByRole('checkbox', { name: generations('plan.skip') }).check()
  await dialog.getByRole('button', { name: generations('plan.start', { count: 4, rows: '4' }) }).click()

  const batch = page.getByRole('listitem', {
    name: generations('batch.ofFile', { name, count: 5, rows: '5', file: 'crew.csv' }),
  })
  await batch.getByText(generations('batch.done', { done: '5', rows: '5' })).waitFor()
  await batch.getByText(generations('batch.skipped', { count: 1, rows: '1' })).waitFor()
  expect(fake.chats()).toHaveLength(asks + 4)
  await batch.getByRole('button', { name: generations('batch.open'), exact: true }).click()
  const rows = page.getByRole('dialog', { name: generations('batch.rowsOf', { name }) })
  await expect.poll(() => rows.getByText(generations('batch.states.complete'), { exact: true }).count()).toBe(4)
  await rows.getByText(generations('batch.states.skipped'), { exact: true }).waitFor()
}
