import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { inputTypes, type InputType } from '@contract/entities/template'
import type { Language } from '@contract/values'
import { createI18n } from '@renderer/i18n'
import type { FakeOpenAi } from '@test/helpers/fake-openai'

/** A variable of each type, by what its name is in the texts. */
export const names: Readonly<Record<InputType, string>> = {
  text: 'who',
  longText: 'past',
  number: 'age',
  boolean: 'alive',
  select: 'mood',
  multiSelect: 'traits',
  list: 'seen',
  file: 'letter',
}
/** What the form asks with: the name as words. */
export const asked = (type: InputType) => `${names[type].slice(0, 1).toUpperCase()}${names[type].slice(1)}`

/** What the walk writes as the user message: the first words key by key. */
export const TYPED = 'Describe {{ who }}'
export const TEXT =
  ', aged {{ age }}: {{ past }}{% if alive %} Still alive.{% endif %} Mood: {{ mood }}. ' +
  'Traits: {{ traits | join(", ") }}. Seen in: {{ seen | join(", ") }}. Letter: {{ letter.text }}'
const SAMPLED =
  'Describe Sample who, aged 7: Sample past Mood: calm. Traits: proud. Seen in: Sample seen. Letter: Sample letter'
/** The answer that has the shape. */
export const FIT = '{"name":"Mira","age":58,"description":"Keeps the lamp."}'

/** The texts of the app by which the walk finds its way. */
export function wordsIn(language: Language) {
  const i18n = createI18n(language)
  return {
    templates: i18n.getFixedT(null, 'templates'),
    generations: i18n.getFixedT(null, 'generations'),
    files: i18n.getFixedT(null, 'files'),
    frame: i18n.getFixedT(null, 'frame'),
    worlds: i18n.getFixedT(null, 'worlds'),
    common: i18n.getFixedT(null, 'common'),
  }
}

/** A file that the app gave to its user. */
export interface SavedFile {
  name: string
  text: string
}

/** What every step of the walk needs. */
export interface Walk {
  page: Page
  words: ReturnType<typeof wordsIn>
  fake: FakeOpenAi
  save: (press: () => Promise<void>) => Promise<SavedFile>
}

export const openTab = (
  { page, words: { templates } }: Walk,
  tab: 'use' | 'write' | 'variables' | 'answer' | 'versions'
) => page.getByRole('tab', { name: new RegExp(`^${templates(`tabs.${tab}`)}\\s*\\d*$`) }).press('Enter')

export async function writeText({ page, words: { templates } }: Walk): Promise<void> {
  const editor = page.getByRole('textbox', { name: templates('write.user') })
  await editor.focus()
  await page.keyboard.type(TYPED)
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(TEXT)
  await expect.poll(() => editor.textContent()).toBe(TYPED + TEXT)
}

/** By the keyboard: the kind from the menu, its name, and a sample for the preview. */
export async function addVariables(walk: Walk): Promise<void> {
  const { page, words } = walk
  const { templates } = words
  await openTab(walk, 'variables')
  for (const type of inputTypes) {
    const name = names[type]
    await page.getByRole('button', { name: templates('variables.add'), exact: true }).press('Enter')
    await page.getByRole('menuitem', { name: templates(`types.${type}`), exact: true }).press('Enter')
    const field = page
      .getByRole('region', { name: 'value' })
      .getByRole('textbox', { name: templates('variables.name'), exact: true })
    await field.fill(name)
    await field.press('Enter')
    await giveSample(walk, page.getByRole('region', { name, exact: true }), type)
  }
  await expect
    .poll(() =>
      page
        .getByRole('list', { name: templates('variables.list') })
        .getByRole('listitem')
        .count()
    )
    .toBe(inputTypes.length)
  await openTab(walk, 'write')
  await page
    .getByRole('region', { name: templates('preview.title') })
    .getByText(SAMPLED)
    .last()
    .waitFor()
  await openTab(walk, 'variables')
}

async function giveSample({ page, words: { templates } }: Walk, form: Locator, type: InputType): Promise<void> {
  await form.waitFor()
  const field = form.getByLabel(templates('variables.sample'), { exact: true }).locator('visible=true').first()
  switch (type) {
    case 'boolean':
      return
    case 'number':
      return field.fill('7')
    case 'select':
    case 'multiSelect': {
      const isOne = type === 'select'
      const options = isOne ? ['calm', 'wild'] : ['proud', 'shy']
      await form.getByLabel(templates('variables.options'), { exact: true }).fill(options.join('\n'))
      await field.press('ArrowDown')
      await page.getByRole('option', { name: options[0] ?? '', exact: true }).click()
      return page.keyboard.press('Escape')
    }
    case 'list':
      await field.fill(`Sample ${names.list}`)
      return field.press('Enter')
    default:
      return field.fill(`Sample ${names[type]}`)
  }
}

export async function shapeAnswer(walk: Walk): Promise<void> {
  const { page, words } = walk
  const { templates, worlds } = words
  await openTab(walk, 'answer')
  await page
    .getByRole('radiogroup', { name: templates('answer.format') })
    .getByText(templates('formats.json'), { exact: true })
    .click()
  await page.getByRole('button', { name: templates('answer.sample') }).click()
  const dialog = page.getByRole('dialog', { name: templates('answer.sampleTitle') })
  await dialog.getByRole('textbox', { name: templates('answer.sampleLabel.json') }).fill(FIT)
  await dialog.getByRole('button', { name: templates('answer.sampleTake') }).click()
  await dialog.waitFor({ state: 'detached' })
  const becomes = page.getByRole('region', { name: templates('becomes.title') })
  await becomes.getByLabel(templates('becomes.title')).locator('visible=true').first().click()
  await page.getByRole('option', { name: worlds('kinds.character'), exact: true }).click()
}

export async function saveVersion({ page, words: { templates } }: Walk, number: number): Promise<void> {
  const draft = page.getByRole('group', { name: templates('draft.label') })
  await draft.getByRole('button', { name: templates('draft.save', { number }), exact: true }).click()
  await page.getByText(templates('draft.saved', { number })).waitFor()
  await draft.waitFor({ state: 'detached' })
}
