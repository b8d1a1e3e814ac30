import { madeStep } from '@test/helpers/made-step'
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { MessageId } from '@contract/ids'
import type { PassageNote, RecalledView } from '@contract/entities/turn-results'
import type { TurnStep } from '@contract/entities/turn'
import type { RouteInput } from '@contract/routes'
import { WritingScreen } from '@renderer/features/writing/WritingScreen'
import { useTargetStore } from '@renderer/stores/writing-target'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { sentError } from '@test/helpers/sent-error'
import { createStoryBridge, main, messageId, passage, storyId, storyteller, turnId } from './story-bridge'

/** The passages that were asked for; the page forgets one as soon as it shows it. */
let shown: MessageId[] = []

beforeEach(() => {
  giveLayout()
  shown = []
  onTestFinished(
    useTargetStore.subscribe(({ target }) => {
      if (target) shown.push(target.messageId)
    })
  )
  useTurnStore.setState({ turns: {}, lastEnded: {} })
})

const step = madeStep({ role: main, provider: 'Ollama', model: 'qwen3:14b' })

async function openWith(notes: PassageNote[], steps: TurnStep[] = [], recalled: RecalledView[] = []) {
  const { writtenBy, ...rest } = passage(2, 'The door opened.')
  const bridge = createStoryBridge([
    passage(1, 'Nobody came.'),
    { ...rest, writtenBy: writtenBy && { ...writtenBy, turnId, notes } },
  ])
  bridge.answer({
    'turns.steps': () => steps,
    'turns.recalled': () => recalled,
    'turns.accept': () => ({}),
    'memory.marks': () => [],
    'memory.mark': () => ({}),
  })
  const view = renderWith(bridge, <WritingScreen storyId={storyId} />)
  await screen.findByRole('feed')
  return { ...view, bridge }
}

const refusal = sentError('provider_timed_out', 'late', {
  details: { provider: 'Ollama', model: 'm' },
  retryable: true,
})

describe('under a passage', () => {
  it('stands what its turn went on without, why, and what to do', async () => {
    await openWith([{ kind: 'failed', role: storyteller, error: refusal.toShape() }])
    expect(
      await screen.findByText(/^Storyteller could not do its part, and the passage was written without it/)
    ).toHaveProperty('textContent', expect.stringMatching(/Ollama.*[Tt]ry again/))
  })

  it('stands that it is a draft: after a stop, and after the app was closed', async () => {
    const closed = sentError('turn_interrupted', 'closed', { retryable: true })
    await openWith([
      { kind: 'draft', role: storyteller, error: null },
      { kind: 'draft', role: main, error: closed.toShape() },
    ])
    expect(
      await screen.findByText('You stopped while Storyteller was at work, so this is the Writer’s draft.')
    ).toBeTruthy()
    expect(screen.getByText(/^Fabula was closed before this passage was finished/)).toBeTruthy()
  })

  it('stands in a word that the writer chose the draft', async () => {
    await openWith([{ kind: 'draft', role: storyteller, error: null, chosen: true }])
    expect(await screen.findByText('the Writer’s draft')).toBeTruthy()
    expect(screen.queryByText(/You stopped/)).toBeNull()
  })

  it('opens what a model thought', async () => {
    const { user } = await openWith([{ kind: 'reasoning' }], [{ ...step, reasoning: 'A storm would be too much.' }])
    await user.click(await screen.findByRole('button', { name: 'reasoning' }))
    expect(await screen.findByText('A storm would be too much.')).toBeTruthy()
  })
})

describe('contradictions that the Guard found', () => {
  const open: PassageNote = { kind: 'guard', outcome: 'open', rewrites: 2, contradictions: 1, end: 'rewrites' }
  const verdict: TurnStep = {
    ...step,
    result: {
      kind: 'verdict',
      contradictions: [
        {
          quote: 'her blue eyes',
          quoteFound: true,
          canon: 'Her eyes were red',
          canonFound: false,
          place: { kind: 'passage', id: messageId(1), title: '' },
          why: 'Her eyes are green.',
          severity: 'high',
        },
      ],
    },
  }

  it('are told with both quotes; one that stands nowhere is marked', async () => {
    const { user } = await openWith([open], [verdict])
    expect(await screen.findByText(/^The Guard finds 1 contradiction here/)).toHaveProperty(
      'textContent',
      expect.stringContaining('2 times')
    )
    await user.click(screen.getByRole('button', { name: 'Show' }))
    expect(await screen.findByText('her blue eyes')).toBeTruthy()
    expect(screen.getAllByText('(not found there)')).toHaveLength(1)
    await expectNoAxeViolations()
    await user.click(screen.getByRole('button', { name: 'Go to the passage' }))
    expect(shown).toEqual([messageId(1)])
  })

  it('can be kept, or the passage is written again, also with a word of the writer', async () => {
    const { user, bridge } = await openWith([open], [verdict])
    const asked: RouteInput<'turns.start'>[] = []
    const kept: RouteInput<'turns.accept'>[] = []
    bridge.answer({
      'turns.start': (input) => {
        asked.push(input)
        return { turnId }
      },
      'turns.accept': (input) => {
        kept.push(input)
        return {}
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Keep it' }))
    await waitFor(() => expect(kept).toEqual([{ id: messageId(2) }]))
    await user.click(screen.getByRole('button', { name: 'Write it again' }))
    await waitFor(() => expect(asked).toMatchObject([{ kind: 'retry', revise: '' }]))
    await user.click(screen.getByRole('button', { name: 'Write it again with my remark' }))
    // Whoever asks for the field can type at once, and send as in the composer.
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'What should be different?' }))
    await user.keyboard('Let it{Escape}')
    expect(screen.queryByRole('textbox', { name: 'What should be different?' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Write it again with my remark' }))
    await user.keyboard('Let it rain.{Enter}')
    await waitFor(() => expect(asked[1]).toMatchObject({ kind: 'retry', revise: 'Let it rain.' }))
    await user.click(screen.getByRole('button', { name: 'Write it again with my remark' }))
    const form = screen.getByRole('textbox', { name: 'What should be different?' }).closest('form')
    if (!form) throw new Error('The remark has no form')
    await user.keyboard('Let it snow.')
    await user.click(within(form).getByRole('button', { name: 'Write it again' }))
    await waitFor(() => expect(asked[2]).toMatchObject({ kind: 'retry', revise: 'Let it snow.' }))
  })
})

describe('what was recalled', () => {
  const pieces: RecalledView[] = [
    { messageId: messageId(1), start: 0, end: 12, foundBy: 'both', text: 'Nobody came.' },
    { messageId: messageId(9), start: 0, end: 5, foundBy: 'words', text: null },
  ]

  it('can be opened, pinned and banned, each piece by itself', async () => {
    const { user, bridge } = await openWith(
      [{ kind: 'recalled', passages: 2, condensed: false, wordsAlone: false }],
      [],
      pieces
    )
    const marked: RouteInput<'memory.mark'>[] = []
    bridge.answer({
      'memory.mark': (input) => {
        marked.push(input)
        return {}
      },
    })
    await user.click(await screen.findByRole('button', { name: '2 passages recalled' }))
    expect(await screen.findByText('This passage is gone.')).toBeTruthy()
    const [pin] = screen.getAllByRole('button', { name: 'Recall always' })
    const [ban] = screen.getAllByRole('button', { name: 'Never recall' })
    if (!pin || !ban) throw new Error('There is nothing to press')
    await user.click(pin)
    await user.click(ban)
    await waitFor(() => expect(marked.map(({ mark }) => mark)).toEqual(['pin', 'ban']))
    const [first] = screen.getAllByRole('button', { name: 'Go to the passage' })
    if (!first) throw new Error('There is nothing to open')
    await user.click(first)
    expect(shown).toEqual([messageId(1)])
    // What lies over the page goes: the passage is to be read.
    await waitFor(() => expect(screen.queryByText('This passage is gone.')).toBeNull())
  })
})
