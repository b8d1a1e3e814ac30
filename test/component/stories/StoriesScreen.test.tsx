import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SearchedStory, SearchPlace, StorySearch } from '@contract/entities/search'
import type { PresetSummary } from '@contract/entities/preset'
import type { Story, StorySummary } from '@contract/entities/story'
import { FabulaError } from '@contract/errors'
import { MessageId, PresetId, StoryId } from '@contract/ids'
import { StoriesScreen } from '@renderer/features/stories/StoriesScreen'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { useStorySearch } from '@renderer/stores/story-search'
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

beforeEach(() => useStorySearch.getState().seek(''))

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

  it('makes a story with another preset than the default one, where there are several', async () => {
    const other: PresetSummary = { ...preset, id: PresetId.parse(id(9)), name: 'Quick', isDefault: false }
    const { user, bridge } = open(two, {
      'presets.list': () => [preset, other],
      'stories.create': () => story(3, 'Untitled story'),
    })
    await user.click(await screen.findByRole('button', { name: 'New story with a preset' }))
    expect(await screen.findByRole('menuitem', { name: 'Gothic, slow (default)' })).toBeDefined()
    await user.click(await screen.findByRole('menuitem', { name: 'Quick' }))
    await waitFor(() => expect(bridge.inputsOf('stories.create')).toEqual([{ language: 'en', presetId: other.id }]))
    await waitFor(() => expect(window.location.hash).toBe(`#/stories/${id(3)}`))
  })

  it('gives the text of a story away, as a file or copied', async () => {
    const { user, bridge } = open(two, {
      'files.exportText': () => ({ fileName: 'The Lighthouse.txt', text: 'The text' }),
    })
    await openMenu(user, 'The Lighthouse')
    await user.click(await screen.findByRole('menuitem', { name: 'Export the text…' }))
    expect(useFilesDialog.getState().exporting).toEqual({ what: 'text', storyId: id(1) })
    act(() => useFilesDialog.getState().close())
    await openMenu(user, 'The Lighthouse')
    await user.click(await screen.findByRole('menuitem', { name: 'Copy the text' }))
    await screen.findByText('The text of the story is copied.')
    expect(bridge.inputsOf('files.exportText')).toEqual([{ storyId: id(1), form: 'text' }])
    expect(await navigator.clipboard.readText()).toBe('The text')
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

  const placed = (number: number): SearchPlace => ({
    messageId: MessageId.parse(`01900000-0000-7004-8000-${String(number).padStart(12, '0')}`),
    number,
    snippet: `the \u2068forty\u2069 of ${number}`,
  })
  const lighthouse: SearchedStory = {
    storyId: id(1),
    title: 'The Lighthouse',
    archived: false,
    passages: 1200,
    places: 60,
    first: [placed(1), placed(2), placed(3)],
  }
  const ferry = { ...lighthouse, storyId: id(2), title: 'The \u2068Ferry\u2069', places: 0, first: [] }
  const found: StorySearch = { stories: [ferry, lighthouse], found: 2, places: 60, waiting: 0 }
  const searching: Handlers = {
    'stories.search': () => found,
    'stories.searchPlaces': ({ first, limit }) =>
      Array.from({ length: Math.min(limit, 60 - first) }, (_, index) => placed(first + index + 1)),
  }

  it('groups what it finds by story, counts all of it, and opens a story at the passage', async () => {
    const { user, bridge } = open(two, searching)
    await user.type(await screen.findByRole('searchbox'), 'forty')
    const results = await screen.findByRole('list', { name: 'Found' })
    expect(screen.getByRole('status').textContent).toBe('60 places in 2 stories.')
    expect(bridge.inputsOf('stories.search').at(-1)).toEqual({ text: 'forty' })
    expect(within(results).getByRole('link', { name: /The Lighthouse/ }).textContent).toContain(
      '60 places · 1,200 passages'
    )
    expect(
      within(results)
        .getByRole('link', { name: /The Ferry/ })
        .querySelector('mark')?.textContent
    ).toBe('Ferry')
    expect(results.textContent).not.toMatch(/[\u2068\u2069]/)
    await expectNoAxeViolations()
    const hit = within(results).getByRole('link', { name: /No. 2/ })
    await user.click(hit)
    expect(window.location.hash).toBe(`#/stories/${id(1)}`)
    expect(useTargetStore.getState().target).toEqual({ storyId: id(1), messageId: placed(2).messageId })
  })

  it('leads through every place by arrow keys, and back to the one that was opened', async () => {
    const { user, unmount } = open(two, searching)
    await user.type(await screen.findByRole('searchbox'), 'forty')
    await screen.findByRole('list', { name: 'Found' })
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement?.textContent).toContain('The Ferry')
    await user.keyboard('{End}')
    expect(document.activeElement?.textContent).toBe('Show 57 more places')
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('link', { name: /No. 50/ })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Show 10 more places' }))
    await user.click(await screen.findByRole('link', { name: /No. 60/ }))
    unmount()

    open(two, searching)
    expect(await screen.findByRole<HTMLInputElement>('searchbox')).toMatchObject({ value: 'forty' })
    await waitFor(() => expect(document.activeElement?.textContent).toContain('No. 60'))
  })

  it('says how many passages it does not know yet', async () => {
    const { user } = open(two, { 'stories.search': () => ({ ...found, waiting: 1200 }) })
    await user.type(await screen.findByRole('searchbox'), 'forty')
    expect(await screen.findByText(/1,200 passages are still being added to the search\./)).toBeDefined()
  })

  it('says that nothing was found, and shows all stories again on Escape', async () => {
    const { user } = open(two, { 'stories.search': () => ({ stories: [], found: 0, places: 0, waiting: 0 }) })
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
