import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useTargetStore } from '@renderer/stores/writing-target'
import { expectNoAxeViolations } from '@test/component/render'
import { createStoryBridge, line, messageId, passage, story, storyId } from './story-bridge'
import { freshScreen, opening, open, textOf, lastPassage, begin } from './open-screen'

beforeEach(freshScreen)

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
    expect(within(panel).getByText('the Writer does its work')).toBeDefined()
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
