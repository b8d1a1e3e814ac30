import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { PresetSummary } from '@contract/entities/preset'
import type { Story, StorySummary } from '@contract/entities/story'
import { FabulaError } from '@contract/errors'
import { MessageId, PresetId, StoryId } from '@contract/ids'
import { StoriesScreen } from '@renderer/features/stories/StoriesScreen'
import { useTargetStore } from '@renderer/stores/writing-target'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

const id = (count: number) => StoryId.parse(`01900000-0000-7001-8000-00000000000${count}`)
const presetId = PresetId.parse('01900000-0000-7002-8000-000000000001')
const now = '2026-01-02T03:04:05.000Z'

const preset: PresetSummary = {
  id: presetId,
  name: 'Gothic, slow',
  description: '',
  isDefault: true,
  rolesOn: 1,
  stories: 2,
  updatedAt: now,
}

const summary = (count: number, title: string, more: Partial<StorySummary> = {}): StorySummary => ({
  id: id(count),
  title,
  presetName: 'Gothic, slow',
  passages: 12,
  excerpt: 'the way a *sleeping* animal gives.',
  archived: false,
  updatedAt: now,
  ...more,
})

const story = (count: number, title: string): Story => ({
  id: id(count),
  title,
  language: 'en',
  presetId,
  draft: '',
  archived: false,
  createdAt: now,
  updatedAt: now,
})

function open(stories: StorySummary[], handlers: Handlers = {}) {
  const library = { stories }
  const bridge = createInMemoryBridge({
    'stories.list': () => library.stories,
    'presets.list': () => [preset],
    ...handlers,
  })
  const change = (next: StorySummary[]) => {
    library.stories = next
    bridge.changed('stories')
  }
  return { bridge, change, ...renderWith(bridge, <StoriesScreen />) }
}

const two = [summary(1, 'The Lighthouse'), summary(2, 'The Ferry')]
const openMenu = async (user: ReturnType<typeof open>['user'], title: string) =>
  user.click(await screen.findByRole('button', { name: `What to do with “${title}”` }))

describe('the stories library', () => {
  it('lists stories with what a writer knows them by', async () => {
    open(two)
    const row = await screen.findByRole('link', { name: /The Lighthouse/ })
    expect(row.textContent).toContain('the way a sleeping animal gives.')
    expect(row.textContent).toContain('Gothic, slow')
    expect(row.textContent).toContain('12 passages')
    expect(row.getAttribute('href')).toBe(`#/stories/${id(1)}`)
    await expectNoAxeViolations()
  })

  it('makes a story with one click and opens it', async () => {
    const { user, bridge } = open([], { 'stories.create': () => story(3, 'Untitled story') })
    await user.click(await screen.findByRole('button', { name: 'New story' }))
    expect(bridge.inputsOf('stories.create')).toEqual([{ language: 'en' }])
    await waitFor(() => expect(window.location.hash).toBe(`#/stories/${id(3)}`))
  })

  it('leads to the guide, with a word why, while there is no preset', async () => {
    const { user, bridge } = open([], { 'presets.list': () => [] })
    await user.click(await screen.findByRole('button', { name: 'New story' }))
    await waitFor(() => expect(window.location.hash).toBe('#/guide'))
    expect(await screen.findByText(/needs a preset/)).toBeDefined()
    expect(bridge.inputsOf('stories.create')).toEqual([])
  })

  it('walks through the stories with the arrow keys', async () => {
    const { user } = open(two)
    const first = await screen.findByRole('link', { name: /The Lighthouse/ })
    act(() => first.focus())
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByRole('link', { name: /The Ferry/ }))
    await user.keyboard('{Home}')
    expect(document.activeElement).toBe(first)
  })

  it('deletes with a way back, and the focus goes to the next story', async () => {
    const { user, bridge, change } = open(two, {
      'stories.delete': () => {
        change([summary(2, 'The Ferry')])
        return {}
      },
      'stories.restore': () => {
        change(two)
        return story(1, 'The Lighthouse')
      },
    })
    await openMenu(user, 'The Lighthouse')
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await waitFor(() => expect(screen.queryByRole('link', { name: /The Lighthouse/ })).toBeNull())
    expect(document.activeElement).toBe(screen.getByRole('link', { name: /The Ferry/ }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('link', { name: /The Lighthouse/ })).toBeDefined()
    expect(bridge.inputsOf('stories.restore')).toEqual([{ id: id(1) }])
  })

  it('says why a story could not be deleted, and keeps it', async () => {
    const { user } = open(two, {
      'stories.delete': () => {
        throw new FabulaError('storage_readonly', 'read-only')
      },
    })
    await openMenu(user, 'The Lighthouse')
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    expect((await screen.findAllByRole('alert')).length).toBeGreaterThan(0)
    expect(screen.getByRole('link', { name: /The Lighthouse/ })).toBeDefined()
  })

  it('renames', async () => {
    const { user, bridge } = open(two, { 'stories.rename': ({ title }) => story(2, title) })
    await openMenu(user, 'The Ferry')
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Title' })
    expect(field.value).toBe('The Ferry')
    await user.clear(field)
    await user.type(field, 'The Night Ferry{Enter}')
    expect(bridge.inputsOf('stories.rename')).toEqual([{ id: id(2), title: 'The Night Ferry' }])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('keeps archived stories behind a switch', async () => {
    const { user } = open([summary(1, 'The Lighthouse'), summary(2, 'The Ferry', { archived: true })])
    await screen.findByRole('link', { name: /The Lighthouse/ })
    expect(screen.queryByRole('link', { name: /The Ferry/ })).toBeNull()
    await user.click(screen.getByRole('switch', { name: 'Archived (1)' }))
    expect(screen.getByRole('link', { name: /The Ferry/ })).toBeDefined()
  })

  it('finds words in all stories, marks them, and opens the story at the passage', async () => {
    const messageId = MessageId.parse('01900000-0000-7004-8000-000000000007')
    const { user, bridge } = open(two, {
      'stories.search': () => [
        { storyId: id(1), storyTitle: 'The Lighthouse', messageId, snippet: 'the \u2068forty-second\u2069 stair' },
        { storyId: id(2), storyTitle: 'The Ferry', messageId: null, snippet: 'The \u2068Ferry\u2069' },
      ],
    })
    await user.type(await screen.findByRole('searchbox'), 'forty')
    const results = await screen.findByRole('list', { name: 'Found' })
    expect(screen.getByRole('status').textContent).toBe('2 places found')
    expect(bridge.inputsOf('stories.search').at(-1)).toEqual({ text: 'forty' })
    const hit = within(results).getByRole('link', { name: /The Lighthouse/ })
    expect(hit.querySelector('mark')?.textContent).toBe('forty-second')
    expect(results.textContent).not.toMatch(/[\u2068\u2069]/)
    await expectNoAxeViolations()
    await user.click(hit)
    expect(window.location.hash).toBe(`#/stories/${id(1)}`)
    expect(useTargetStore.getState().target).toEqual({ storyId: id(1), messageId })
  })

  it('says that nothing was found, and shows all stories again on Escape', async () => {
    const { user } = open(two, { 'stories.search': () => [] })
    await user.type(await screen.findByRole('searchbox'), 'zebra')
    expect(await screen.findByText('Nothing found for “zebra”.')).toBeDefined()
    await user.keyboard('{Escape}')
    expect(await screen.findByRole('link', { name: /The Ferry/ })).toBeDefined()
  })

  it('says what is wrong when the list cannot be read', async () => {
    open([], {
      'stories.list': () => {
        throw sentError('storage_failed', 'I/O error')
      },
    })
    expect((await screen.findAllByRole('alert')).length).toBeGreaterThan(0)
  })
})
