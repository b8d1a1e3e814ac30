import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { StoryId } from '@contract/ids'
import type { Language } from '@contract/values'
import stages from '@resources/stages.json'
import { createI18n } from '@renderer/i18n'
import { AppProcess } from '@test/helpers/app-process'
import { startFakeMedia, type FakeMedia } from '@test/helpers/fake-media'
import type { RunningApp } from '@test/helpers/running-app'
import { lookHere } from './look-at'

const KEY = 'sk-or-v1-0123456789abcdef0123456789abcdef'
const TEXT = { en: 'The lamp went out. “Who is there?” asked Ann.', ru: 'Лампа погасла. «Кто там?» — спросила Анна.' }
/** What opens the vault in which the pasted keys are kept. */
export const vaultEnvironment = { FABULA_VAULT_KEY: Buffer.alloc(32, 'planted').toString('base64') }

/**
 * What is chosen for each: a provider, and a model that goes from its list. Suno's service has no list of models: those are
 * part of the app, so that none of them can be withdrawn while it runs.
 */
const choices = [
  { stage: 'poem', provider: 'OpenRouter', first: 'poet/one', gone: 'poet/two' },
  { stage: 'voice', provider: 'OpenRouter', first: 'voice/one', gone: 'voice/two' },
  { stage: 'song', provider: 'Suno', first: 'Suno V5', gone: null },
  { stage: 'clip', provider: 'OpenRouter', first: 'film/one', gone: 'film/two' },
] as const
type Stage = (typeof choices)[number]['stage']

/**
 * A writer sets up each of the four with a bad key, then with a good one; a model that is offered no more is refused. A
 * passage becomes a clip, a song, a poem and a voice; what plays is heard, what is under way goes on after the app was
 * closed, and what is deleted comes back. Returns what went wrong in the window, and what axe finds on the way.
 */
export async function useMedia(
  language: Language,
  dataDir: string,
  start: () => Promise<RunningApp>
): Promise<string[]> {
  const fake = await startFakeMedia(KEY)
  try {
    const storyId = await prepare(language, dataDir, fake)
    const first = await start()
    const walk = walkOf(first.page, language)
    await walk.open('/media')
    for (const choice of choices) await setUp(walk, fake, choice)
    const found = await lookHere(first.page, 'all four are set up')

    await walk.open(`/stories/${storyId}`)
    await walk.make('clip')
    await walk.make('song')
    await walk.make('poem')
    await walk.row(2).getByText('and nobody comes home.').waitFor()
    await walk.make('voice')
    await walk.play(walk.row(3))
    await walk.row(0).getByRole('progressbar').waitFor()
    await walk.row(1).getByRole('progressbar').waitFor()
    await first.quit()

    const second = await start()
    const again = walkOf(second.page, language)
    await again.open(`/stories/${storyId}`)
    await again.row(0).getByRole('progressbar').waitFor()
    await again.row(1).getByRole('progressbar').waitFor()
    fake.finishJobs()
    await again.play(again.row(1))
    await again.watch(again.row(0))
    found.push(...(await lookHere(second.page, 'a clip, a song, a poem and a voice under a passage')))
    // Each was asked for once, in spite of the restart.
    expect([fake.requestsTo('/api/v1/generate'), fake.requestsTo('/api/v1/videos')]).toMatchObject([
      { length: 1 },
      { length: 1 },
    ])
    await again.open('/media')
    await again.deleteAndUndo()
    found.push(...(await lookHere(second.page, 'the library')))
    await second.quit()
    return [...first.troubles, ...second.troubles, ...found]
  } finally {
    await fake.stop()
  }
}

type Walk = ReturnType<typeof walkOf>

function walkOf(page: Page, language: Language) {
  const i18n = createI18n(language)
  const [words, common] = [i18n.getFixedT(null, 'media'), i18n.getFixedT(null, 'common')]
  const nameOf = (stage: Stage) => stages.find(({ id }) => id === stage)?.name[language] ?? stage
  const section = (stage: Stage) => page.getByRole('region', { name: nameOf(stage), exact: true })
  const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
  const pick = async (field: Locator, option: string | RegExp) => {
    await field.click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  const made = page.getByRole('list', { name: words('ofPassage') })
  const row = (index: number) => made.getByRole('listitem').nth(index)
  const titled = (text: string) => new RegExp(`^${text.split('Title')[0] ?? ''}`)
  return {
    page,
    words,
    common,
    section,
    button,
    pick,
    row,
    nameOf,
    open: async (place: string) => {
      await page.evaluate((hash) => (window.location.hash = hash), place)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
    },
    /** From the bar of the only passage, as it is offered. */
    make: async (stage: Stage) => {
      await button(page, words('make.of')).last().click()
      await page.getByRole('menuitem', { name: `${nameOf(stage)}…` }).click()
      const dialog = page.getByRole('dialog', { name: words('make.title') })
      await dialog.getByText('≈').waitFor()
      await button(dialog, words('make.action')).click()
      await dialog.waitFor({ state: 'hidden' })
    },
    /** Plays what is there, or will be, and hears that it does. */
    play: async (one: Locator) => {
      await one.getByRole('button', { name: titled(words('player.play', { name: 'Title' })) }).click()
      const time = () => one.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime)
      await expect.poll(time, { timeout: 60_000 }).toBeGreaterThan(0.2)
    },
    /** Opens a film that is there, or will be, and sees that it moves. */
    watch: async (one: Locator) => {
      await one.getByRole('button', { name: titled(words('player.play', { name: 'Title' })) }).click()
      const time = () => one.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime)
      await expect.poll(time, { timeout: 60_000 }).toBeGreaterThan(0.2)
    },
    /** The newest in the library. */
    deleteAndUndo: async () => {
      const rows = page.getByRole('list', { name: words('library.title') }).getByRole('listitem')
      await rows.nth(3).waitFor()
      await rows
        .first()
        .getByRole('button', { name: titled(words('more', { name: 'Title' })) })
        .click()
      await page.getByRole('menuitem', { name: common('delete') }).click()
      await rows.nth(3).waitFor({ state: 'detached' })
      await button(page, common('undo')).click()
      await rows.nth(3).waitFor()
    },
  }
}

async function setUp(walk: Walk, fake: FakeMedia, { stage, provider, first, gone }: (typeof choices)[number]) {
  const { words, common, section, button, pick, nameOf } = walk
  const within = section(stage)
  const save = () => button(within, common('save')).click()
  const model = within.getByRole('combobox', { name: words('form.model') })
  await button(within, words('setUpNamed', { name: nameOf(stage) })).click()
  await pick(within.getByRole('combobox', { name: words('form.provider') }), provider)
  const key = within.getByLabel(words('form.paste'))
  await pick(within.getByRole('combobox', { name: words('form.key') }), words('form.newKey'))
  await key.fill('sk-bad-key')
  await save()
  await within.getByText(words('status.invalid')).first().waitFor()

  await pick(within.getByRole('combobox', { name: words('form.key') }), words('form.newKey'))
  await key.fill(KEY)
  await save()
  await within.getByText(words('status.active'), { exact: true }).waitFor()
  await expect.poll(() => model.inputValue(), { timeout: 60_000 }).toBe(first)

  // With a key that the provider refuses, the list that there is stays.
  await pick(within.getByRole('combobox', { name: words('form.key') }), words('form.newKey'))
  await key.fill('sk-bad-key-again')
  await save()
  await within.getByText(words('status.invalid')).first().waitFor()
  expect(await model.inputValue()).toBe(first)
  await pick(within.getByRole('combobox', { name: words('form.key') }), new RegExp(`···${KEY.slice(-4)}$`))
  await save()
  await within.getByText(words('status.active'), { exact: true }).waitFor()

  if (gone !== null) {
    fake.withdraw(gone)
    await pick(model, gone)
    await save()
    await within.getByText(gone).first().waitFor()
    await expect.poll(() => model.getAttribute('aria-invalid'), { timeout: 60_000 }).toBe('true')
    await button(within, words('form.discard')).click()
  }
  await button(within, words('refresh', { name: nameOf(stage) })).click()
  await within.getByText(words('status.active'), { exact: true }).waitFor()
}

/** A story with one passage, and providers that are asked at the fake. */
async function prepare(language: Language, dataDir: string, fake: FakeMedia): Promise<StoryId> {
  const app = await AppProcess.start({ dataDir, env: vaultEnvironment })
  try {
    const providers = await app.rpc('providers.list', {})
    const idOf = (slug: string) => {
      const found = providers.find((provider) => provider.slug === slug)
      if (!found) throw new Error(`There is no ${slug}`)
      return found.id
    }
    await app.rpc('providers.update', { id: idOf('openrouter'), patch: { baseUrl: fake.openRouter } })
    await app.rpc('providers.update', { id: idOf('suno'), patch: { baseUrl: fake.suno } })
    const model = (await app.rpc('models.list', { providerId: idOf('demo') })).find(({ kind }) => kind === 'chat')
    const preset = await app.rpc('presets.create', {
      name: 'Evening',
      roles: {
        main: { enabled: true, modelConfigId: null, settings: { providerId: idOf('demo'), model: model?.model ?? '' } },
      },
    })
    await app.rpc('presets.setDefault', { id: preset.id })
    const story = await app.rpc('stories.create', { language, presetId: preset.id, title: 'The Lamp' })
    await app.rpc('turns.start', { storyId: story.id, kind: 'send', text: 'I climb the stairs.' })
    while ((await app.rpc('turns.active', { storyId: story.id })) !== null) continue
    const { messages } = await app.rpc('messages.page', { storyId: story.id })
    const passage = messages.findLast(({ author }) => author === 'story')
    if (!passage) throw new Error('No passage was written')
    await app.rpc('messages.edit', { id: passage.id, text: TEXT[language] })
    await app.rpc('preferences.set', { guideDone: true, language, theme: 'light' })
    await app.stop()
    return story.id
  } finally {
    await app.kill()
  }
}
