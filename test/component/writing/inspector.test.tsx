import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { PlannedStep, TurnStep } from '@contract/entities/turn'
import { TurnId } from '@contract/ids'
import { WritingScreen } from '@renderer/features/writing/WritingScreen'
import { useInspector } from '@renderer/stores/ui-inspector'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { createStoryBridge, main, passage, storyId, storyteller, turnId } from '@test/component/writing/story-bridge'

const part = (id: string, tokens: number, leftOut = 0) => ({ id, name: { en: `The ${id}`, ru: id }, tokens, leftOut })

const step = (more: Partial<TurnStep>): TurnStep => ({
  position: 0,
  role: main,
  state: 'complete',
  provider: 'Workshop',
  model: 'qwen3:14b',
  server: null,
  tokenName: 'home',
  attempts: 1,
  messages: [
    { role: 'system', content: 'You write one story.' },
    { role: 'user', content: 'I knock on the door.' },
    { role: 'user', content: 'And then?' },
  ],
  parts: [part('instructions', 280), part('history', 5000, 176)],
  window: 8192,
  settings: [{ path: 'samplers.temperature', value: 0.4, origin: 'story' }],
  parameters: { temperature: 0.4 },
  responseSchema: null,
  dropped: ['top_k'],
  answer: 'The DRAFT, as it came.',
  reasoning: 'Let me think.',
  inputTokens: 5280,
  outputTokens: 120,
  cost: 0.0041,
  firstTokenMs: 340,
  totalMs: 4100,
  error: null,
  result: null,
  startedAt: '2026-01-02T03:04:05.000Z',
  ...more,
})

const planned: PlannedStep = {
  role: main,
  provider: 'Workshop',
  model: 'qwen3:14b',
  window: 8192,
  answer: 1024,
  parts: [part('instructions', 280), part('line', 12)],
  messages: [{ role: 'user', content: 'I would climb the stairs.' }],
}

afterEach(() => useInspector.getState().close())

async function open() {
  giveLayout()
  const written = passage(1, 'The door opens.')
  const bridge = createStoryBridge([{ ...written, writtenBy: written.writtenBy && { ...written.writtenBy, turnId } }], {
    draft: 'I would climb',
  })
  bridge.answer({
    'usage.ofTurn': () => [],
    'turns.steps': () => [step({}), step({ position: 1, role: storyteller, model: 'gemma3:27b', answer: 'The TALE.' })],
    'turns.alone': () => ({ of: null, tries: [] }),
    'turns.plan': () => [planned],
    'turns.export': () => ({ fileName: 'fabula-turn.json', text: '{}' }),
  })
  const view = renderWith(bridge, <WritingScreen storyId={storyId} />)
  return { bridge, ...view }
}

const panel = async (name: string) => within(await screen.findByRole('complementary', { name }))

test('beside a passage stands what each step of its turn sent and got', async () => {
  const { bridge, user } = await open()
  await user.click(await screen.findByRole('button', { name: 'Inspect' }))
  const inspector = await panel('Turn')
  expect(await inspector.findByText('2 steps · 8.2 s · 10,800 tokens · $0.0082')).toBeTruthy()
  expect(bridge.inputsOf('turns.steps')).toEqual([{ turnId }])
  expect(screen.queryByRole('complementary', { name: 'Who writes' })).toBeNull()

  // The last step is open: it wrote what is read. The first one is a click away.
  expect(inspector.getByRole('button', { name: /Storyteller/ }).getAttribute('aria-current')).toBe('step')
  await user.click(inspector.getByRole('button', { name: /Main/ }))
  const budget = within(inspector.getByRole('region', { name: 'Parts of the prompt, in tokens' }))
  expect(budget.getByRole('row', { name: /The history 5,000/ })).toBeTruthy()
  expect(budget.getByText(/About 5,280 of 8,192 tokens/)).toBeTruthy()
  expect(budget.getByText(/Left out: The history – 176\./)).toBeTruthy()
  expect(inspector.getByText('You write one story.', { selector: 'pre' })).toBeTruthy()
  await expectNoAxeViolations()

  await user.click(inspector.getByRole('tab', { name: 'Answer' }))
  expect(inspector.getByText('The DRAFT, as it came.', { selector: 'pre' })).toBeTruthy()
  expect(inspector.getByText('Let me think.', { selector: 'pre' })).toBeTruthy()
  expect(inspector.getByText(/first word after 340 ms/)).toBeTruthy()

  await user.click(inspector.getByRole('tab', { name: 'Settings' }))
  expect(inspector.getByText('Workshop · key “home”')).toBeTruthy()
  expect(inspector.getByRole('row', { name: /0\.4 this story/ })).toBeTruthy()
  expect(inspector.getByText(/does not take it: top_k/)).toBeTruthy()
  await expectNoAxeViolations()

  await user.click(inspector.getByRole('button', { name: 'Close the inspector' }))
  expect(await screen.findByRole('complementary', { name: 'Who writes' })).toBeTruthy()
})

test('the messages of a step can be changed, and the turn taken again from there', async () => {
  const { bridge, user } = await open()
  const again = TurnId.parse('01900000-0000-7003-8000-000000000002')
  bridge.answer({ 'turns.rerun': () => ({ turnId: again }) })
  await user.click(await screen.findByRole('button', { name: 'Inspect' }))
  const inspector = await panel('Turn')
  await user.click(await inspector.findByRole('button', { name: /Main/ }))
  await user.click(inspector.getByRole('button', { name: 'Edit and run again' }))
  // The last message is open, with the cursor at its end.
  expect(inspector.getAllByRole('group').map((fold) => fold.hasAttribute('open'))).toEqual([false, false, true])
  await user.keyboard(' Tell it all.')
  await expectNoAxeViolations()
  await user.click(inspector.getByRole('button', { name: 'Run from this step on' }))
  expect(bridge.inputsOf('turns.rerun')).toEqual([
    {
      turnId,
      position: 0,
      messages: [...step({}).messages.slice(0, 2), { role: 'user', content: 'And then? Tell it all.' }],
      alone: false,
    },
  ])
  // The inspector goes on with the turn that was begun.
  await waitFor(() => expect(bridge.inputsOf('turns.steps').at(-1)).toEqual({ turnId: again }))
})

test('a step can be taken alone, and the way goes from its turn to it and back', async () => {
  const { bridge, user } = await open()
  const tried = TurnId.parse('01900000-0000-7003-8000-000000000003')
  bridge.answer({
    'turns.rerun': () => ({ turnId: tried }),
    'turns.alone': (input) =>
      input.turnId === tried
        ? { of: turnId, tries: [] }
        : { of: null, tries: [{ turnId: tried, role: main, startedAt: '2026-01-02T03:04:05.000Z' }] },
  })
  await user.click(await screen.findByRole('button', { name: 'Inspect' }))
  const inspector = await panel('Turn')
  await user.click(await inspector.findByRole('button', { name: /^Main.*qwen3/ }))
  await user.click(screen.getByRole('button', { name: 'Edit and run again' }))
  await user.click(screen.getByRole('button', { name: 'Run this step alone' }))
  expect(bridge.inputsOf('turns.rerun')).toMatchObject([{ turnId, position: 0, alone: true }])
  await user.click(await screen.findByRole('button', { name: 'Back to the whole turn' }))
  expect(await screen.findByRole('button', { name: /^Main alone, / })).toBeTruthy()
  await expectNoAxeViolations()
})

test('a turn is given as a file', async () => {
  const { bridge, user } = await open()
  const made = vi.fn<(blob: Blob) => string>(() => 'blob:turn')
  Object.assign(URL, { createObjectURL: made, revokeObjectURL: () => {} })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  await user.click(await screen.findByRole('button', { name: 'Inspect' }))
  await user.click(await screen.findByRole('button', { name: 'Export this turn as JSON, without keys' }))
  await waitFor(() => expect(made).toHaveBeenCalledTimes(1))
  expect(bridge.inputsOf('turns.export')).toEqual([{ turnId }])
})

test('a dry run shows what the next turn would send, with the words that are in the composer', async () => {
  const { bridge, user } = await open()
  await user.click(await screen.findByRole('button', { name: 'Dry run of the next turn' }))
  const inspector = await panel('Dry run')
  expect(await inspector.findByText('I would climb the stairs.', { selector: 'pre' })).toBeTruthy()
  expect(inspector.getByRole('row', { name: /Kept for the answer 1,024/ })).toBeTruthy()
  expect(bridge.inputsOf('turns.plan')).toEqual([{ storyId, kind: 'send', text: 'I would climb' }])
  await user.click(inspector.getByRole('radio', { name: 'Continue' }))
  expect(bridge.inputsOf('turns.plan').at(-1)).toEqual({ storyId, kind: 'continue' })
  expect(bridge.inputsOf('turns.start')).toEqual([])
  await expectNoAxeViolations()
})

test('what a turn sent may be kept no longer, and the page says so', async () => {
  const { bridge } = await open()
  bridge.answer({ 'turns.steps': () => [] })
  await userEvent.click(await screen.findByRole('button', { name: 'Inspect' }))
  expect(await screen.findByText('What this turn sent is no longer kept.')).toBeTruthy()
})
