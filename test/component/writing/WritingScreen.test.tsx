import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FabulaError } from '@contract/errors'
import { WritingScreen } from '@renderer/features/writing/WritingScreen'
import { useDraftStore } from '@renderer/stores/writing-draft'
import { VersionId } from '@contract/entities/edit'
import { useEditStore } from '@renderer/stores/writing-edits'
import { useTargetStore } from '@renderer/stores/writing-target'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { giveLayout } from '@test/component/layout'
import { sentError } from '@test/helpers/sent-error'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import {
  createStoryBridge,
  line,
  main,
  messageId,
  passage,
  presetId,
  story,
  storyId,
  storyteller,
  turnId,
  type StoryBridge,
} from './story-bridge'

beforeEach(() => {
  useDraftStore.setState({ drafts: {} })
  useEditStore.setState({ edits: {} })
  useTurnStore.setState({ turns: {} })
})

const opening = passage(1, 'Nobody had climbed the stairs.')

beforeEach(giveLayout)

async function open(bridge: StoryBridge) {
  const view = renderWith(bridge, <WritingScreen storyId={storyId} />)
  // An empty story has no feed yet.
  await (bridge.messages.length > 0 ? screen.findByRole('feed') : screen.findByText(/^An empty page/))
  return view
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your line' })
/** What is read on the page, without the bar under it. */
const textOf = (element: Element | null | undefined) => element?.textContent ?? ''
const lastPassage = () => screen.getAllByRole('article').at(-1)

/** Main begins to write passage 2. */
function begin(bridge: StoryBridge) {
  bridge.messages = [opening, passage(2, '', { state: 'streaming', writtenBy: null })]
  act(() => {
    bridge.started()
    bridge.step(messageId(2))
  })
}

describe('a turn', () => {
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
    expect(textOf(lastPassage())).toContain('It was warm.')
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

describe('a long story', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => passage(index + 1, `Passage ${index + 1}.`))

  it('opens at its end with no more of it than is seen, and grows there', async () => {
    const bridge = createStoryBridge(many(1200))
    await open(bridge)
    await waitFor(() => expect(textOf(lastPassage())).toContain('Passage 1200.'))
    expect(screen.getAllByRole('article').length).toBeLessThan(60)
    expect(lastPassage()?.getAttribute('aria-posinset')).toBe('1200')

    bridge.messages = [...bridge.messages, passage(1201, 'Passage 1201.')]
    act(() => bridge.changedRows('messages', storyId))
    await waitFor(() => expect(textOf(lastPassage())).toContain('Passage 1201.'))
  })

  it('shows its beginning after one page is read, and forgets the end', async () => {
    const bridge = createStoryBridge(many(1200))
    const { user } = await open(bridge)
    await waitFor(() => expect(textOf(lastPassage())).toContain('Passage 1200.'))
    const before = bridge.inputsOf('messages.page').length
    await user.keyboard('{Control>}{Home}{/Control}')
    expect(await screen.findByText('Passage 1.')).toBeDefined()
    expect(screen.queryByText('Passage 1200.')).toBeNull()
    expect(screen.getAllByRole('article').length).toBeLessThan(60)
    const asked = bridge.inputsOf('messages.page').slice(before)
    expect(asked.some(({ first }) => first === 0)).toBe(true)
    expect(asked.filter(({ first }) => first !== undefined && first > 64 && first < 1100)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'To the end' }))
    expect(await screen.findByText('Passage 1200.')).toBeDefined()
  })
})

describe('a search hit', () => {
  it('opens the story at its passage, however far back, and says when it is not there', async () => {
    const shown = vi.fn<HTMLElement['animate']>()
    window.HTMLElement.prototype.animate = shown
    const bridge = createStoryBridge(
      Array.from({ length: 1200 }, (_, index) => passage(index + 1, `Passage ${index + 1}.`))
    )
    useTargetStore.getState().show(storyId, messageId(7))
    const { unmount } = await open(bridge)
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Passage 7.'))
    expect(shown).toHaveBeenCalledOnce()
    unmount()

    useTargetStore.getState().show(storyId, messageId(5000))
    await open(bridge)
    expect(await screen.findByText(/not in the story as it stands/)).toBeDefined()
  })
})

describe('the screen', () => {
  it('shows the cast, with what happens in place of a role that is off', async () => {
    await open(createStoryBridge([opening]))
    const panel = screen.getByRole('complementary', { name: 'Who writes' })
    await within(panel).findByText('this computer')
    expect(within(panel).getByText('does not take part; the Writer does its work')).toBeDefined()
  })

  it('hides all but the page in focus mode, and Escape leaves it', async () => {
    const { user } = await open(createStoryBridge([opening]))
    await user.click(screen.getByRole('button', { name: 'Focus on the page' }))
    expect(screen.queryByRole('complementary')).toBeNull()
    await user.keyboard('{Escape}')
    await screen.findByRole('complementary', { name: 'Who writes' })
  })

  it('renames the story where its title stands', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({ 'stories.rename': ({ title }) => ({ ...story, title }) })
    const { user } = await open(bridge)
    await user.click(screen.getByRole('button', { name: /The Lighthouse/ }))
    await user.keyboard('The Keeper{Enter}')
    expect(bridge.inputsOf('stories.rename')).toEqual([{ id: storyId, title: 'The Keeper' }])
  })

  it('has no accessibility violation, at rest and while a passage is written', async () => {
    const bridge = createStoryBridge([opening, line(5, 'I listen.')])
    await open(bridge)
    await screen.findByText('this computer')
    await expectNoAxeViolations()
    begin(bridge)
    await waitFor(() => expect(screen.getByRole('article', { busy: true })).toBeDefined())
    act(() => bridge.delta(messageId(2), 0, 'It was'))
    await expectNoAxeViolations()
  })
})
