import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ActiveTurn } from '@contract/entities/story'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { sentError } from '@test/helpers/sent-error'
import { createStoryBridge, line, main, messageId, passage, storyId, storyteller, turnId } from './story-bridge'
import { freshScreen, opening, open, field, textOf, lastPassage, begin } from './open-screen'

beforeEach(freshScreen)

describe('a turn', () => {
  it('is over when its end was heard, even if an older answer says later that it runs', async () => {
    let answer = (_active: ActiveTurn) => {}
    const bridge = createStoryBridge([opening])
    bridge.answer({ 'turns.active': () => new Promise<ActiveTurn>((resolve) => (answer = resolve)) })
    await open(bridge)
    act(() => {
      bridge.started()
      bridge.ended(null, 'failed', sentError('provider_unauthorized', 'refused'))
    })
    await act(async () => {
      answer({ turnId, storyId, role: main, roles: [main], at: 0, messageId: null, text: '' })
      await Promise.resolve()
    })
    await waitFor(() => expect(useTurnStore.getState().lastEnded).toEqual({ [storyId]: turnId }))
    expect(useTurnStore.getState().turns).toEqual({})
  })

  it('puts streamed text on the page, each piece once, and leaves the stored text in its place', async () => {
    const bridge = createStoryBridge([opening])
    await open(bridge)
    begin(bridge)
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))

    act(() => {
      bridge.delta(messageId(2), 0, 'It was ')
      bridge.delta(messageId(2), 7, 'warm.')
      bridge.delta(messageId(2), 7, 'warm.')
      bridge.delta(messageId(2), 3, 'was warm. Very')
    })
    expect(textOf(lastPassage())).toBe('It was warm. Very')

    bridge.messages = [opening, passage(2, 'It was warm. Very.')]
    act(() => bridge.ended(messageId(2), 'complete'))
    // Between the end and the stored passage the live text stays: a blank would flicker.
    expect(textOf(lastPassage())).toContain('It was warm. Very')
    await waitFor(() => expect(textOf(lastPassage())).toContain('It was warm. Very.'))
    await waitFor(() => expect(useTurnStore.getState().turns).toEqual({}))
  })

  it('asks for what is missing when a piece does not fit, and loses nothing that came meanwhile', async () => {
    const bridge = createStoryBridge([opening])
    await open(bridge)
    begin(bridge)
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
    bridge.answer({
      'turns.active': () => ({
        turnId,
        storyId,
        role: storyteller,
        roles: [storyteller],
        at: 0,
        messageId: messageId(2),
        text: 'One two ',
      }),
    })
    act(() => {
      bridge.delta(messageId(2), 8, 'three ')
      bridge.delta(messageId(2), 14, 'four')
    })
    await waitFor(() => expect(textOf(lastPassage())).toContain('One two three four'))
  })

  it('is there when the story is opened in the middle of it', async () => {
    const bridge = createStoryBridge([opening, passage(2, 'It', { state: 'streaming', writtenBy: null })])
    bridge.answer({
      'turns.active': () => ({
        turnId,
        storyId,
        role: storyteller,
        roles: [storyteller],
        at: 0,
        messageId: messageId(2),
        text: 'It was w',
      }),
    })
    await open(bridge)
    await waitFor(() => expect(textOf(lastPassage())).toContain('It was w'))
    act(() => bridge.delta(messageId(2), 8, 'arm.'))
    expect(textOf(lastPassage())).toContain('It was warm.')
    expect(screen.getByRole('button', { name: 'Stop' })).toBeDefined()
  })

  it('frees the composer when its end was missed while the connection was gone', async () => {
    const bridge = createStoryBridge([opening])
    await open(bridge)
    begin(bridge)
    await screen.findByRole('button', { name: 'Stop' })
    bridge.messages = [opening, passage(2, 'It was warm.')]
    act(() => bridge.changed('messages', 'stories'))
    await screen.findByRole('button', { name: 'Send' })
    await waitFor(() => expect(textOf(lastPassage())).toContain('It was warm.'))
  })

  it('says who is at work before text flows, and stops by button and by Escape', async () => {
    const bridge = createStoryBridge([opening])
    const { user } = await open(bridge)
    act(() => {
      bridge.started()
      bridge.step(null)
    })
    await screen.findByText(/Main is drafting · qwen3:14b/)
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await user.keyboard('{Escape}')
    expect(bridge.inputsOf('turns.stop')).toEqual([{ storyId }, { storyId }])
  })

  it('that was stopped offers to go on', async () => {
    const bridge = createStoryBridge([passage(1, 'It was w', { state: 'stopped' })])
    const { user } = await open(bridge)
    const note = (await screen.findByText('Stopped here.')).closest('p')
    await user.click(within(note ?? document.body).getByRole('button', { name: 'Continue' }))
    expect(bridge.inputsOf('turns.start')).toEqual([{ storyId, kind: 'continue', text: undefined }])
  })

  it('that broke off after the draft offers the draft in its place', async () => {
    const bridge = createStoryBridge([passage(1, 'It was w', { state: 'failed' })])
    bridge.answer({ 'turns.hasDraft': () => true, 'turns.useDraft': () => ({}) })
    const { user } = await open(bridge)
    expect(await screen.findByText(/draft of this passage is whole/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Use the draft' }))
    await waitFor(() => expect(bridge.inputsOf('turns.useDraft')).toEqual([{ id: messageId(1) }]))
  })

  it('that failed keeps what was written, says why, and tries again', async () => {
    const bridge = createStoryBridge([opening])
    const { user } = await open(bridge)
    begin(bridge)
    act(() => bridge.delta(messageId(2), 0, 'It was'))
    bridge.messages = [opening, passage(2, 'It was', { state: 'failed' })]
    act(() => bridge.ended(messageId(2), 'failed', sentError('provider_unreachable', 'no answer', { retryable: true })))
    const alert = await screen.findByRole('alert')
    expect(textOf(lastPassage())).toContain('It was')
    bridge.answer({
      'turns.start': () => {
        bridge.started()
        return { turnId }
      },
    })
    await user.click(within(alert).getByRole('button', { name: 'Retry' }))
    expect(bridge.inputsOf('turns.start')).toEqual([{ storyId, kind: 'retry', text: undefined }])
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  it('that goes on from a broken passage never blanks what is there', async () => {
    const bridge = createStoryBridge([passage(1, 'It was w', { state: 'stopped' })])
    await open(bridge)
    bridge.messages = [passage(2, 'It was ', { state: 'streaming', writtenBy: null })]
    bridge.answer({
      'turns.active': () => ({
        turnId,
        storyId,
        role: main,
        roles: [main],
        at: 0,
        messageId: messageId(2),
        text: 'It was warm',
      }),
    })
    act(() => {
      bridge.started()
      bridge.changed('messages')
      bridge.step(messageId(2))
    })
    await waitFor(() => expect(lastPassage()?.dataset.passage).toBe(messageId(2)))
    expect(textOf(lastPassage())).toContain('It was')
    act(() => bridge.delta(messageId(2), 7, 'warm.'))
    await waitFor(() => expect(textOf(lastPassage())).toBe('It was warm.'))
  })

  it('that fails before its start is answered still says so', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({
      'turns.start': () => {
        bridge.started()
        bridge.ended(null, 'failed', sentError('provider_unreachable', 'no answer'))
        return { turnId }
      },
    })
    const { user } = await open(bridge)
    await user.type(field(), 'I listen.{Enter}')
    await waitFor(() => expect(field().value).toBe(''))
    expect(await screen.findByRole('alert')).toBeDefined()
  })

  it('that failed while another screen was open says so on return, and no more once another one runs', async () => {
    const bridge = createStoryBridge([line(1, 'I listen.')])
    const error = sentError('provider_unreachable', 'no answer').toShape()
    act(() => bridge.ended(null, 'failed'))
    bridge.turn = bridge.turn && { ...bridge.turn, error }
    const { user } = await open(bridge)
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toMatch(/cannot be reached/)
    bridge.answer({
      'turns.start': () => {
        bridge.started()
        return { turnId }
      },
    })
    await user.click(within(alert).getByRole('button', { name: 'Retry' }))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    act(() => bridge.ended(messageId(2), 'complete'))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('whose passage failed and was deleted since says nothing', async () => {
    const bridge = createStoryBridge([opening])
    act(() => bridge.ended(messageId(2), 'failed', sentError('provider_unreachable', 'no answer')))
    await open(bridge)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('that failed before the first passage of a story begins it anew', async () => {
    const bridge = createStoryBridge([])
    const { user } = await open(bridge)
    act(() => bridge.started())
    act(() => bridge.ended(null, 'failed', sentError('provider_unreachable', 'no answer')))
    await user.click(within(await screen.findByRole('alert')).getByRole('button', { name: 'Retry' }))
    expect(bridge.inputsOf('turns.start')).toEqual([{ storyId, kind: 'send', text: '' }])
  })
})
