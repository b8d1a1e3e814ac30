import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FabulaError } from '@contract/errors'
import { createStoryBridge, presetId, storyId } from './story-bridge'
import { freshScreen, opening, open, field } from './open-screen'

beforeEach(freshScreen)

describe('the composer', () => {
  it('sends on Enter, breaks the line on Shift+Enter, and empties once the turn runs', async () => {
    const bridge = createStoryBridge([opening])
    const { user } = await open(bridge)
    await user.type(field(), 'I listen.{Shift>}{Enter}{/Shift}And wait.{Enter}')
    await waitFor(() => expect(field().value).toBe(''))
    expect(bridge.inputsOf('turns.start')).toEqual([{ storyId, kind: 'send', text: 'I listen.\nAnd wait.' }])
    await waitFor(() => expect(bridge.inputsOf('stories.saveDraft').at(-1)).toEqual({ id: storyId, draft: '' }))
  })

  it('keeps the words when the turn cannot start', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({
      'turns.start': () => {
        throw new FabulaError('role_without_model', 'no model', { details: { role: 'main' } })
      },
    })
    const { user } = await open(bridge)
    await user.type(field(), 'I listen.{Enter}')
    await screen.findByRole('alert')
    expect(field().value).toBe('I listen.')
    expect(screen.getByRole('link', { name: 'Edit preset' }).getAttribute('href')).toBe(`#/presets/${presetId}`)
  })

  it('sends nothing but the wish to go on when it is empty', async () => {
    const bridge = createStoryBridge([opening])
    const { user } = await open(bridge)
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(bridge.inputsOf('turns.start')).toEqual([{ storyId, kind: 'send', text: '' }])
  })

  it('saves what is typed, and brings it back when the story is opened again', async () => {
    const bridge = createStoryBridge([opening])
    const { user, unmount } = await open(bridge)
    await user.type(field(), 'Half a th')
    await waitFor(() =>
      expect(bridge.inputsOf('stories.saveDraft').at(-1)).toEqual({ id: storyId, draft: 'Half a th' })
    )
    await screen.findByText('Saved')
    await user.type(field(), 'ought')
    unmount()
    // Leaving saves at once: nobody waits for the pause between keys.
    await waitFor(() =>
      expect(bridge.inputsOf('stories.saveDraft').at(-1)).toEqual({ id: storyId, draft: 'Half a thought' })
    )
    await open(bridge)
    expect(field().value).toBe('Half a thought')
  })

  it('shows the draft the database kept', async () => {
    await open(createStoryBridge([opening], { draft: 'From yesterday' }))
    expect(field().value).toBe('From yesterday')
  })

  it('says that a draft is not saved and why, and keeps the words', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({
      'stories.saveDraft': () => {
        throw new FabulaError('storage_full', 'ENOSPC')
      },
    })
    const { user } = await open(bridge)
    await user.type(field(), 'Precious')
    await screen.findByText('Not saved')
    await screen.findByText(/Your words are still here/)
    expect(field().value).toBe('Precious')
    bridge.answer({ 'stories.saveDraft': () => ({}) })
    await user.type(field(), '!')
    await screen.findByText('Saved')
  })

  it('never lets a late answer write over newer words', async () => {
    const bridge = createStoryBridge([opening])
    const late: (() => void)[] = []
    bridge.answer({
      'stories.saveDraft': () =>
        new Promise((resolve) => {
          late.push(() => resolve({}))
        }),
    })
    const { user } = await open(bridge)
    await user.type(field(), 'one')
    await waitFor(() => expect(late).toHaveLength(1))
    await user.type(field(), ' two')
    await act(async () => late[0]?.())
    expect(field().value).toBe('one two')
    await waitFor(() => expect(bridge.inputsOf('stories.saveDraft').at(-1)?.draft).toBe('one two'))
    expect(screen.getByText('Saving…')).toBeDefined()
    await act(async () => late.at(-1)?.())
    await screen.findByText('Saved')
  })
})
