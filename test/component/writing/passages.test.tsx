import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FabulaError } from '@contract/errors'
import { VersionId } from '@contract/entities/edit'
import { createStoryBridge, messageId, passage, storyId } from './story-bridge'
import { freshScreen, opening, open, field, textOf, lastPassage } from './open-screen'

beforeEach(freshScreen)

describe('a passage', () => {
  it('is set as prose: paragraphs, emphasis, scene breaks, and never HTML', async () => {
    await open(createStoryBridge([passage(1, 'It was *warm* and **still**.\n\n***\n\n<b>No</b> 2 * 3 * 4')]))
    const [first] = screen.getAllByRole('article')
    expect(textOf(first?.querySelector('em'))).toContain('warm')
    expect(textOf(first?.querySelector('strong'))).toContain('still')
    expect(first?.querySelector('hr')).not.toBeNull()
    expect(first?.querySelector('b')).toBeNull()
    expect(textOf(first)).toContain('<b>No</b> 2 * 3 * 4')
  })

  it('says who wrote it, what it took, and what was not sent', async () => {
    const written = passage(1, 'Text.')
    const dropped = written.writtenBy ? { ...written.writtenBy, dropped: ['top_k', 'min_p'] } : null
    await open(createStoryBridge([{ ...written, writtenBy: dropped }]))
    await screen.findByText('demo-1 · Storyteller')
    expect(screen.getByText('612 tokens')).toBeDefined()
    expect(screen.getByText('$0.0041')).toBeDefined()
    expect(screen.getByText('not sent: top_k, min_p')).toBeDefined()
  })

  it('is saved as it is edited, and Escape, like Ctrl+Enter, only leaves the editor', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({
      'messages.edit': ({ text }) => {
        bridge.messages = [{ ...opening, text, edited: true, versions: 1 }]
        bridge.changedRows('messages', storyId)
        return { ...opening, text, edited: true, versions: 1 }
      },
    })
    const { user } = await open(bridge)
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    const editor = () => screen.getByRole('textbox', { name: 'Text of the passage' })
    expect(document.activeElement).toBe(editor())
    await user.keyboard(' Gone.')
    expect(screen.queryByText('Saved')).toBeNull()
    await waitFor(() => expect(screen.getByText('Saved')).toBeDefined())
    await user.keyboard(' Lost.{Escape}')
    expect(document.activeElement).toBe(lastPassage())
    await waitFor(() => expect(bridge.inputsOf('messages.edit').at(-1)?.text).toBe(`${opening.text} Gone. Lost.`))
    expect(textOf(lastPassage())).toContain(`${opening.text} Gone. Lost.`)

    // One visit is one step of undo, the next visit another.
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    await user.keyboard(' More.{Control>}{Enter}{/Control}')
    await waitFor(() => expect(bridge.inputsOf('messages.edit').at(-1)?.text).toContain('Lost. More.'))
    expect(new Set(bridge.inputsOf('messages.edit').map(({ session }) => session)).size).toBe(2)
  })

  it('keeps an edit that cannot be saved on the page and in its field, and says so', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({
      'messages.edit': () => {
        throw new FabulaError('storage_full', 'ENOSPC')
      },
    })
    const { user } = await open(bridge)
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    await user.keyboard(' More.')
    await screen.findByRole('alert')
    await user.keyboard('{Escape}')
    expect(textOf(lastPassage())).toContain(`${opening.text} More.`)
    expect(screen.queryByText('Saved')).toBeNull()
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text of the passage' }).value).toBe(
      `${opening.text} More.`
    )
  })

  it('shows what it said before, and brings it back', async () => {
    const bridge = createStoryBridge([{ ...opening, edited: true, versions: 1 }])
    const version = { id: VersionId.parse(7), text: 'As it was.', edited: false, writtenAt: opening.createdAt }
    bridge.answer({ 'messages.versions': () => [version], 'messages.restoreVersion': () => opening })
    const { user } = await open(bridge)
    await user.click(await screen.findByRole('button', { name: 'Earlier versions' }))
    const dialog = await screen.findByRole('dialog', { name: 'Earlier versions' })
    expect(await within(dialog).findByText('As it was.')).toBeDefined()
    expect(within(dialog).getByText('demo-1')).toBeDefined()
    await user.click(within(dialog).getByRole('button', { name: 'Bring back' }))
    expect(bridge.inputsOf('messages.restoreVersion')).toEqual([{ id: messageId(1), version: 7 }])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('takes back by Ctrl+Z what was done to the story, unless a field has something of its own to undo', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({
      'messages.edit': ({ text }) => ({ ...opening, text, edited: true, versions: 1 }),
      'stories.undo': () => ({ kind: 'delete', messageId: opening.id }),
      'stories.redo': () => null,
    })
    const { user } = await open(bridge)
    const asked = () => bridge.inputsOf('stories.undo').length
    // The focus is in the composer, which is empty.
    await user.keyboard('{Control>}[KeyZ]{/Control}')
    expect(await screen.findByText('The passage is back')).toBeDefined()
    expect(asked()).toBe(1)
    await user.keyboard('{Control>}{Shift>}[KeyZ]{/Shift}{/Control}')
    expect(await screen.findByText('Nothing to redo')).toBeDefined()
    await user.click(field())
    await user.keyboard('words{Control>}[KeyZ]{/Control}')
    expect(asked()).toBe(1)

    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    await user.keyboard('{Control>}[KeyZ]{/Control}')
    await waitFor(() => expect(asked()).toBe(2))
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    await user.keyboard('x{Control>}[KeyZ]{/Control}')
    expect(asked()).toBe(2)
    // Out of the field, what was typed in it is saved first, and then undone.
    await user.keyboard('{Escape}{Control>}[KeyZ]{/Control}')
    await waitFor(() => expect(asked()).toBe(3))
    const order = bridge.requests.map(({ route }) => route)
    expect(order.lastIndexOf('messages.edit')).toBeLessThan(order.lastIndexOf('stories.undo'))
  })

  it('is deleted with a way back, and the focus goes to the composer', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({ 'messages.delete': () => ({}), 'messages.restore': () => opening })
    const { user } = await open(bridge)
    await user.click(await screen.findByRole('button', { name: 'Delete' }))
    expect(bridge.inputsOf('messages.delete')).toEqual([{ id: messageId(1) }])
    expect(document.activeElement).toBe(field())
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(bridge.inputsOf('messages.restore')).toEqual([{ id: messageId(1) }])
  })

  it('walks through its alternatives and keeps the focus on the arrow', async () => {
    const alternatives = [messageId(1), messageId(2)]
    const bridge = createStoryBridge([passage(2, 'The second.', { alternatives })])
    bridge.answer({
      'messages.choose': () => {
        bridge.messages = [passage(1, 'The first.', { alternatives })]
        bridge.changed('messages')
        return {}
      },
    })
    const { user } = await open(bridge)
    expect(await screen.findByRole('img', { name: '2 of 2' })).toBeDefined()
    const previous = screen.getByRole('button', { name: 'Previous alternative' })
    await user.click(previous)
    await screen.findByText('The first.')
    expect(bridge.inputsOf('messages.choose')).toEqual([{ id: messageId(1) }])
    expect(document.activeElement).toBe(previous)
  })

  it('is tried again from its bar', async () => {
    const bridge = createStoryBridge([opening])
    const { user } = await open(bridge)
    const [inBar] = screen.getAllByRole('button', { name: 'Retry' })
    await user.click(inBar ?? document.body)
    expect(bridge.inputsOf('turns.start')).toEqual([{ storyId, kind: 'retry', text: undefined }])
  })
})

describe('a branch', () => {
  const earlier = passage(1, 'Nobody had climbed the stairs.')
  const later = passage(2, 'The stairs were gone.')

  it('begins at any passage: it is written again there, or the story ends there until it goes on', async () => {
    const bridge = createStoryBridge([earlier, later])
    bridge.answer({ 'messages.branch': () => ({ left: later.id }), 'messages.choose': () => ({}) })
    const { user } = await open(bridge)
    const [first] = screen.getAllByRole('article')
    if (first) await user.hover(first)
    await user.click(await screen.findByRole('button', { name: 'Retry from here' }))
    await waitFor(() =>
      expect(bridge.inputsOf('turns.start')).toMatchObject([{ storyId, kind: 'retry', at: earlier.id }])
    )
    expect(document.activeElement).toBe(field())

    if (first) await user.hover(first)
    await user.click(await screen.findByRole('button', { name: 'Continue from here' }))
    await screen.findByText(/The story goes on from here/)
    expect(bridge.inputsOf('messages.branch')).toEqual([{ id: earlier.id }])
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(bridge.inputsOf('messages.choose')).toEqual([{ id: later.id }]))
  })

  it('that the story left is shown behind its end, with the way to it', async () => {
    const bridge = createStoryBridge([{ ...earlier, goesOn: 1 }])
    const left = { id: later.id, author: 'story' as const, excerpt: 'The *stairs*\nwere gone.', length: 12 }
    bridge.answer({ 'messages.branches': () => [left], 'messages.choose': () => ({}) })
    const { user } = await open(bridge)
    const branches = await screen.findByRole('region', { name: 'From here the story also goes on:' })
    expect(within(branches).getByText('12 passages')).toBeDefined()
    await user.click(within(branches).getByRole('button', { name: 'The stairs were gone.' }))
    await waitFor(() => expect(bridge.inputsOf('messages.choose')).toEqual([{ id: later.id }]))
  })
})
