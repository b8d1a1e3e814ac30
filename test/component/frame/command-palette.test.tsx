import { spotlight } from '@mantine/spotlight'
import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { TurnId } from '@contract/ids'
import { CommandPalette } from '@renderer/app/CommandPalette'
import { filterCommands, firstCommands } from '@renderer/app/palette-filter'
import { useTemplateDialog } from '@renderer/stores/template-dialog'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { renderWith } from '@test/component/render'
import { emptyApp, story } from '@test/component/sample-data'
import { keptTemplates, template } from '@test/component/templates/made-templates'

const group = (name: string, ...labels: string[]) => ({
  group: name,
  actions: labels.map((label) => ({ id: label, label })),
})
const labels = (found: ReturnType<typeof filterCommands>) => found.map((each) => ('label' in each ? each.label : ''))

describe('the commands that fit what is typed', () => {
  const all = [
    group('Do', 'New preset', 'Import from a file', 'Dark theme'),
    group('Go to', 'Presets', 'Settings', 'Reusable settings'),
  ]

  it('come with the best fit first: the beginning of a name, then of a word, then its middle', () => {
    expect(labels(filterCommands('set', all))).toEqual(['Settings', 'Reusable settings', 'New preset', 'Presets'])
    expect(labels(filterCommands('p', all))[0]).toBe('Presets')
    expect(labels(filterCommands('pre new', all))).toEqual(['New preset'])
  })

  it('keep the place of those that fit alike, and their groups while nothing is typed', () => {
    expect(labels(filterCommands('preset', all))).toEqual(['Presets', 'New preset'])
    expect(filterCommands('  ', all)).toBe(all)
  })

  it('are shown from the first on, in their groups', () => {
    expect(firstCommands(all, 4)).toEqual([all[0], group('Go to', 'Presets')])
    expect(firstCommands(all, 3)).toEqual([all[0]])
    expect(labels(firstCommands(filterCommands('set', all), 2))).toEqual(['Settings', 'Reusable settings'])
  })
})

describe('the palette', () => {
  afterEach(() => act(() => spotlight.close()))

  async function open(hash: string) {
    window.location.hash = hash
    const bridge = createInMemoryBridge({
      ...emptyApp,
      'presets.list': () => [],
      'turns.start': () => ({ turnId: TurnId.parse('01990000-0009-7000-8000-000000000001') }),
    })
    const view = renderWith(bridge, <CommandPalette />)
    act(() => spotlight.open())
    return { ...view, bridge, field: await screen.findByRole('textbox', { name: 'Go to or do…' }) }
  }

  it('takes the best fit on Enter, however quickly it is typed', async () => {
    const { user, field } = await open('#/stories')
    await user.type(field, 'set{Enter}')
    await waitFor(() => expect(window.location.hash).toBe('#/settings'))
  })

  it('knows what can be done with the story that is open, and nothing of it elsewhere', async () => {
    const { user, field, bridge } = await open(`#/stories/${story.id}`)
    expect(screen.getByRole('button', { name: 'Focus on the page' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Story settings' })).toBeTruthy()
    await user.type(field, 'contin{Enter}')
    await waitFor(() => expect(bridge.inputsOf('turns.start')).toEqual([{ storyId: story.id, kind: 'continue' }]))
  })

  it('makes a template, opens one by its name, and generates with one in the story that is open', async () => {
    const beat = template(1, 'Scene beat')
    const { user, field, bridge } = await open(`#/stories/${story.id}`)
    bridge.answer(keptTemplates([beat]))
    bridge.changed('templates')
    await user.type(field, 'scene be')
    await screen.findByRole('button', { name: 'Scene beat' })
    await user.keyboard('{Enter}')
    await waitFor(() => expect(window.location.hash).toBe(`#/templates/${beat.id}`))
    act(() => spotlight.open())
    await user.type(await screen.findByRole('textbox', { name: 'Go to or do…' }), 'new templ{Enter}')
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/templates\/.*\/write$/))
    expect(bridge.inputsOf('templates.create')).toEqual([{ name: 'New template' }])
  })

  it('opens the templates of the story that is open', async () => {
    const { user, field } = await open(`#/stories/${story.id}`)
    await user.type(field, 'generate with{Enter}')
    await waitFor(() => expect(useTemplateDialog.getState().opened).toMatchObject({ storyId: story.id }))
    act(() => useTemplateDialog.getState().close())
  })

  it('has no writing command where no story is open', async () => {
    await open('#/presets')
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull()
  })
})
