import { screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import type { TemplateProblem } from '@contract/entities/template-text'
import type { RolePrompt } from '@contract/entities/preset'
import type { PlannedStep } from '@contract/entities/turn'
import { PresetId, StoryId } from '@contract/ids'
import type { Language } from '@contract/values'
import { PromptFold } from '@renderer/domain/role-prompt/PromptFold'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { role } from '@test/component/presets/fixtures'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

const guard = role('guard', 'Guard', { prompted: true })
const texts = { en: 'Watch {{ draft }}.', ru: 'Следи за {{ draft }}.' }
const handlers: Handlers = {
  'prompts.builtIn': ({ language }) => ({
    text: texts[language],
    digest: `now-${language}`,
    variables: [{ name: 'draft', kind: 'section', help: { en: 'The draft.', ru: 'Черновик.' } }],
  }),
  'prompts.check': () => [],
}

interface Shown {
  prompt?: RolePrompt | null
  /** What the layer below says; absent: this layer is the only one. */
  below?: RolePrompt | null
  language?: Language | null
  storyId?: StoryId | null
  of?: typeof guard
  more?: Handlers
}

/** A fold that keeps what is written in it, as the screens do. */
async function show({ prompt = null, below, language = null, storyId = null, of = guard, more = {} }: Shown = {}) {
  const written: (RolePrompt | null)[] = []
  function Kept() {
    const [own, setOwn] = useState(prompt)
    const write = (next: RolePrompt | null) => {
      written.push(next)
      setOwn(next)
    }
    return (
      <PromptFold
        role={of}
        language={language}
        storyId={storyId}
        prompt={own ?? below ?? null}
        isOwn={below === undefined || own !== null}
        origin="Preset"
        reset={own ? { label: 'Back', run: () => write(null) } : null}
        onChange={write}
        onBuiltIn={() => written.push(null)}
      />
    )
  }
  const bridge = createInMemoryBridge({ ...handlers, ...more })
  const view = renderWith(bridge, <Kept />)
  const fold = screen.getByRole('button', { name: /^Prompt/ })
  return { ...view, bridge, written, fold }
}
const editor = (name = 'Prompt of Guard') => screen.findByRole('textbox', { name })
const copied = (digest: string): RolePrompt => ({ text: 'Mine: {{ draft }}', madeOf: { language: 'en', digest } })

test('the built-in prompt is shown to read, in the language that is asked for, and nothing is fetched before', async () => {
  const { user, bridge, fold, written } = await show()
  expect(fold.textContent).toContain('Built-in')
  expect(bridge.requests).toEqual([])
  await user.click(fold)
  const built = await editor('Built-in prompt of Guard')
  expect(built.textContent).toContain('Watch {{ draft }}.')
  await user.type(built, 'x')
  await user.click(screen.getByRole('radio', { name: 'Russian' }))
  await waitFor(() => expect(built.textContent).toContain('Следи'))
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: 'Write my own' }))
  expect(written).toEqual([{ text: texts.ru, madeOf: { language: 'ru', digest: 'now-ru' } }])
})

test('what is typed is kept at each letter, and reset can be taken back', async () => {
  const mine = copied('now-en')
  const { user, written, fold } = await show({ prompt: mine })
  expect(fold.textContent).toContain('1 set')
  await user.click(fold)
  const typed = await editor()
  typed.focus()
  await user.paste('Now ')
  await waitFor(() => expect(written.at(-1)).toEqual({ ...mine, text: 'Now Mine: {{ draft }}' }))
  expect(screen.queryByText(/has changed since/)).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Prompt: back' }))
  expect(written.at(-1)).toBeNull()
  expect((await editor('Built-in prompt of Guard')).textContent).toContain('Watch')
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect((await editor()).textContent).toContain('Now Mine')
})

test('a built-in one that changed since is said, shown beside it, and can be left behind', async () => {
  const { user, written, fold } = await show({ prompt: copied('then') })
  await waitFor(() => expect(fold.textContent).toContain('the built-in one has changed since'))
  await user.click(fold)
  await screen.findByText(/has changed since you copied it/)
  await user.click(screen.getByRole('button', { name: 'Show the built-in one' }))
  expect((await editor('Built-in prompt of Guard')).textContent).toContain('Watch')
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: 'Keep mine' }))
  expect(written).toEqual([copied('now-en')])
  expect(screen.queryByText(/has changed since you copied it/)).toBeNull()
})

test('mistakes stand under the text with their line and column, and are marked in it', async () => {
  const wrong: TemplateProblem = {
    kind: 'undefined',
    fatal: true,
    line: 1,
    column: 10,
    length: 5,
    name: 'draft',
    message: 'draft is not there',
  }
  const left: TemplateProblem = { ...wrong, kind: 'not_mentioned', fatal: false, column: 1, length: 0, name: 'canon' }
  const { user, fold, container } = await show({
    prompt: copied('now-en'),
    more: { 'prompts.check': () => [wrong, left] },
  })
  await user.click(fold)
  const said = within(await screen.findByRole('status', { name: 'What is wrong with the prompt' }))
  expect((await said.findByText(/there is nothing called/)).textContent).toBe(
    'Line 1, column 10: there is nothing called “draft”. Take a name from the list below, or check its spelling.'
  )
  expect(said.getByText(/“canon” is not mentioned/)).toBeTruthy()
  await waitFor(() => expect(container.querySelector('.cm-lintRange-error')?.textContent).toBe('draft'))
})

test('a story changes a copy of its preset’s prompt, or takes the built-in one', async () => {
  const below = copied('now-en')
  const { user, fold, written } = await show({ below, language: 'en' })
  expect(fold.textContent).toContain('The preset’s own')
  await user.click(fold)
  expect((await editor()).textContent).toContain('Mine')
  await user.click(screen.getByRole('button', { name: 'Take the built-in one in this story' }))
  expect(written).toEqual([null])
  await user.click(screen.getByRole('button', { name: 'Change it for this story' }))
  // Nothing differs yet.
  expect(written).toEqual([null])
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Change it for this story' })).toBeNull())
  const typed = await editor()
  typed.focus()
  await user.paste('Here ')
  await waitFor(() => expect(written.at(-1)?.text).toBe('Here Mine: {{ draft }}'))
})

const storyId = StoryId.parse('01900000-0000-7000-8000-000000000001')
const planned: PlannedStep = {
  role: guard.id,
  provider: 'Workshop',
  model: 'qwen3:14b',
  window: 8192,
  answer: 1024,
  parts: [],
  messages: [{ role: 'user', content: 'Mine: the draft' }],
}
const story = {
  id: storyId,
  title: 'The Keeper',
  language: 'en' as const,
  presetId: PresetId.parse('01900000-0000-7000-8000-000000000002'),
  draft: 'I climb.',
  archived: false,
  createdAt: '2026-01-02T03:04:05.000Z',
  updatedAt: '2026-01-02T03:04:05.000Z',
}

test('a prompt is tried out in the next turn of its story as it is typed, with no model asked', async () => {
  const { user, fold, bridge } = await show({
    prompt: copied('now-en'),
    storyId,
    more: { 'stories.get': () => story, 'turns.plan': () => [planned] },
  })
  await user.click(fold)
  await user.click(await screen.findByRole('button', { name: 'Show in the dry run' }))
  const trial = within(await screen.findByRole('region', { name: 'Dry run with this prompt' }))
  expect(await trial.findByText(/what qwen3:14b \(Workshop\) would get/)).toBeTruthy()
  expect(trial.getByText('Mine: the draft', { selector: 'pre' })).toBeTruthy()
  const typed = await editor()
  typed.focus()
  await user.paste('Now ')
  await waitFor(() =>
    expect(bridge.inputsOf('turns.plan').at(-1)).toEqual({
      storyId,
      kind: 'send',
      text: 'I climb.',
      roles: ['guard'],
      prompts: { guard: 'Now Mine: {{ draft }}' },
    })
  )
  await expectNoAxeViolations()
})

test('in a preset the writer says in which story a prompt is tried out, and reads why a story does not show it', async () => {
  const { id, title, archived, updatedAt } = story
  const summary = { id, title, archived, updatedAt, presetName: 'Default', passages: 3, excerpt: '' }
  const { user, fold } = await show({
    prompt: copied('now-en'),
    more: { 'stories.list': () => [summary], 'stories.get': () => story, 'turns.plan': () => [] },
  })
  await user.click(fold)
  await user.click(await screen.findByRole('button', { name: 'Show in the dry run' }))
  expect(await screen.findByDisplayValue('The Keeper')).toBeTruthy()
  expect(await screen.findByText(/has no step for the role “Guard”/)).toBeTruthy()
})

test('the prompt of a role that works after turns is tried out in what it would do next', async () => {
  const asked = { ...planned, role: role('summarizer', 'Summarizer').id }
  const { user, fold, bridge } = await show({
    prompt: copied('now-en'),
    storyId,
    of: role('summarizer', 'Summarizer', { prompted: true, afterTurn: true }),
    more: { 'summaries.plan': () => asked },
  })
  await user.click(fold)
  await user.click(await screen.findByRole('button', { name: 'Show in the dry run' }))
  const trial = within(await screen.findByRole('region', { name: 'Dry run with this prompt' }))
  expect(await trial.findByText(/what qwen3:14b \(Workshop\) would get for the next summary/)).toBeTruthy()
  expect(bridge.inputsOf('summaries.plan')).toEqual([{ storyId, prompt: 'Mine: {{ draft }}' }])
  expect(bridge.inputsOf('turns.plan')).toEqual([])
})
