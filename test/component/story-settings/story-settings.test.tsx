import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { EffectiveRole } from '@contract/entities/effective'
import { FabulaError } from '@contract/errors'
import type { RoleId } from '@contract/ids'
import type { Language } from '@contract/values'
import { StorySettingsScreen } from '@renderer/features/story-settings/StorySettingsScreen'
import { sentError } from '@test/helpers/sent-error'
import type { Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { preset, story } from '@test/component/sample-data'
import { createSettingsBridge, main, mainView, overridden, storyteller, tellerView } from './settings-bridge'

async function show(
  views?: EffectiveRole[],
  options: { handlers?: Handlers; role?: RoleId; language?: Language } = {}
) {
  const bridge = createSettingsBridge(views, options.handlers)
  const shown = renderWith(
    bridge,
    <StorySettingsScreen storyId={story.id} role={options.role} />,
    options.language ?? 'en'
  )
  await screen.findByRole('tabpanel')
  return { bridge, ...shown }
}

/** What is said of a role in the list. */
const describedBy = (tab: HTMLElement) =>
  document.getElementById(tab.getAttribute('aria-describedby') ?? '')?.textContent
const row = (name: string) => screen.findByRole('group', { name })
const hot = overridden(mainView, 'samplers.temperature', { value: 0.95 })
const outdated = overridden(mainView, 'samplers.temperature', { value: 0.95, base: 0.8, inherited: 0.6 })
const id = story.id

test('every setting shows the value in effect and where it comes from', async () => {
  const { user } = await show()
  expect((await row('Temperature')).textContent).toContain('Preset')
  expect(within(await row('Temperature')).getByRole('spinbutton')).toHaveProperty('value', '0.80')
  expect((await row('Top P')).textContent).toContain('Reusable settings')
  expect((await row('Min P')).textContent).toContain('Not set')
  await user.click(screen.getByRole('button', { name: 'More settings (1 is set)' }))
  expect((await row('Stop')).textContent).toContain('***')
  expect(screen.getByText('Nothing differs from the preset.', { exact: false })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Reset all' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Save as new preset' })).toBeNull()
})

test('changing a value makes the story differ, shows it at once, and sends only that field', async () => {
  const { bridge, user } = await show()
  const box = within(await row('Temperature')).getByRole('spinbutton')
  await user.clear(box)
  await user.type(box, '0.95')
  expect((await row('Temperature')).textContent).toContain('preset says 0.80')
  await waitFor(() =>
    expect(bridge.inputsOf('stories.override').at(-1)).toEqual({
      id,
      role: 'main',
      changes: { 'samplers.temperature': 0.95 },
    })
  )
})

test('an emptied field is not set in the story, which is not the same as the preset’s value', async () => {
  const { bridge, user } = await show()
  await user.clear(within(await row('Temperature')).getByRole('spinbutton'))
  expect((await row('Temperature')).textContent).toContain('Not set here')
  await waitFor(() =>
    expect(bridge.inputsOf('stories.override').at(-1)?.changes).toEqual({ 'samplers.temperature': null })
  )
})

test('one field of a group keeps the others, and each says for itself whether it differs', async () => {
  const routing = overridden(mainView, 'settings.routing', { value: { sort: 'speed', fallbacks: true } })
  const { bridge, user } = await show([routing, tellerView])
  await user.click(await screen.findByRole('button', { name: /OpenRouter settings/ }))
  expect((await row('Sort by')).textContent).toContain('preset says price')
  expect((await row('Other providers')).textContent).toContain('Preset')
  await user.click(within(await row('Sort by')).getByRole('button', { name: /back to the preset/ }))
  await waitFor(() =>
    expect(bridge.inputsOf('stories.override').at(-1)?.changes).toEqual({
      'settings.routing': { sort: 'price', fallbacks: true },
    })
  )
})

test('a field, a role and the whole story can be given back, with a way to undo', async () => {
  const { bridge, user } = await show([hot, tellerView])
  expect(screen.getByText('1 setting differs from the preset.', { exact: false })).toBeTruthy()
  expect(describedBy(screen.getByRole('tab', { name: 'Main' }))).toContain('1 difference')
  await user.click(await screen.findByRole('button', { name: 'Temperature: back to the preset' }))
  await user.click(screen.getByRole('button', { name: 'Reset the role' }))
  await user.click(screen.getByRole('button', { name: 'Reset all' }))
  await waitFor(() =>
    expect(bridge.inputsOf('stories.resetOverrides')).toEqual([
      { id, role: 'main', paths: ['samplers.temperature'] },
      { id, role: 'main' },
      { id },
    ])
  )
  await user.click((await screen.findAllByRole('button', { name: 'Undo' }))[0] ?? document.body)
  await waitFor(() =>
    expect(bridge.inputsOf('stories.override')).toEqual([
      { id, role: 'main', changes: { 'samplers.temperature': 0.95 } },
    ])
  )
})

test('a preset that changed underneath shows then and now, and lets the writer keep the story’s value', async () => {
  const { bridge, user } = await show([outdated, tellerView])
  expect((await row('Temperature')).textContent).toContain('it said 0.80 and now says 0.60')
  await user.click(screen.getByRole('button', { name: 'Temperature: keep mine' }))
  expect((await row('Temperature')).textContent).not.toContain('has changed since')
  await waitFor(() =>
    expect(bridge.inputsOf('stories.override').at(-1)?.changes).toEqual({ 'samplers.temperature': 0.95 })
  )
})

test('a preset that changed underneath is taken again at a click', async () => {
  const { bridge, user } = await show([outdated, tellerView])
  await user.click(await screen.findByRole('button', { name: 'Temperature: take the preset’s' }))
  await waitFor(() =>
    expect(bridge.inputsOf('stories.resetOverrides').at(-1)).toEqual({
      id,
      role: 'main',
      paths: ['samplers.temperature'],
    })
  )
})

test('a role is switched for this story alone, in the list or in its row', async () => {
  const { bridge, user } = await show(undefined, { role: storyteller })
  await user.click(screen.getByRole('switch', { name: 'Storyteller takes part in this story' }))
  expect((await row('Takes part')).textContent).toContain('preset says no')
  expect(screen.getByRole('switch', { name: 'Storyteller takes part' })).toHaveProperty('checked', true)
  await waitFor(() =>
    expect(bridge.inputsOf('stories.override')).toEqual([{ id, role: storyteller, changes: { enabled: true } }])
  )
})

test('a role without a model of its own shows what main gives it', async () => {
  await show([mainView, { ...tellerView, fields: { enabled: { value: true, origin: 'preset' } } }], {
    role: storyteller,
  })
  expect(await screen.findByText(/and uses the Writer’s/)).toBeTruthy()
  expect((await row('Model')).textContent).toContain('Main')
  expect(describedBy(screen.getByRole('tab', { name: 'Storyteller' }))).toBe('the Writer’s model')
  expect((await row('Temperature')).textContent).toContain('Not set')
})

test('what cannot be saved now is kept, said, and sent again', async () => {
  let broken = true
  const answer = () => {
    if (broken) throw new FabulaError('storage_full', 'No room', { retryable: true })
    return { presetId: preset.id, presetName: 'Gothic, slow', roles: [hot, tellerView] }
  }
  const { user } = await show(undefined, { handlers: { 'stories.override': answer } })
  fireEvent.change(within(await row('Temperature')).getByRole('spinbutton'), { target: { value: '0.95' } })
  expect(await screen.findByText('Not saved')).toBeTruthy()
  expect(within(await row('Temperature')).getByRole('spinbutton')).toHaveProperty('value', '0.95')
  broken = false
  await user.click(screen.getByRole('button', { name: 'Retry' }))
  expect(await screen.findByText('Saved')).toBeTruthy()
})

test('what main refuses for good goes back to what it was, and says why', async () => {
  const refuse = () => {
    throw new FabulaError('setting_invalid', 'No', { details: { path: 'changes.samplers.temperature', reason: 'no' } })
  }
  await show(undefined, { handlers: { 'stories.override': refuse } })
  const box = within(await row('Temperature')).getByRole('spinbutton')
  fireEvent.change(box, { target: { value: '0.95' } })
  fireEvent.blur(box)
  expect(await screen.findByRole('alert')).toBeTruthy()
  await waitFor(async () => expect((await row('Temperature')).textContent).not.toContain('preset says'))
})

test('save as new preset asks for a name and whether the story goes over, and says when the name is taken', async () => {
  let taken = true
  const { bridge, user } = await show([hot, tellerView], {
    handlers: {
      'stories.saveAsPreset': () => {
        if (taken) throw sentError('name_taken', 'Taken', { details: { name: 'Wild' } })
        return { ...preset, name: 'Wild' }
      },
    },
  })
  await user.click(screen.getByRole('button', { name: 'Save as new preset' }))
  const name = await screen.findByRole('textbox', { name: 'Name of the preset' })
  expect(name).toHaveProperty('value', 'Gothic, slow (The Lighthouse)')
  await user.clear(name)
  await user.type(name, 'Wild{Enter}')
  await waitFor(() => expect(name.getAttribute('aria-invalid')).toBe('true'))
  taken = false
  await user.click(screen.getByRole('switch', { name: /Base this story on it/ }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('“Wild” is saved.')).toBeTruthy()
  expect(bridge.inputsOf('stories.saveAsPreset')).toEqual([
    { id, name: 'Wild', switchTo: true },
    { id, name: 'Wild', switchTo: false },
  ])
})

test('without a role in the address the first one is open', async () => {
  await show()
  expect(screen.getByRole('tab', { name: 'Main' }).getAttribute('aria-selected')).toBe('true')
})

test('a story that is gone says so, with a way out', async () => {
  const gone = () => {
    throw sentError('not_found', 'Gone')
  }
  renderWith(
    createSettingsBridge([], { 'stories.get': gone, 'stories.settings': gone }),
    <StorySettingsScreen storyId={story.id} role={main} />
  )
  expect(await screen.findByRole('link', { name: 'All stories' })).toBeTruthy()
})

test.each(['en', 'ru'] as const)('has no accessibility violation (%s)', async (language) => {
  await show([outdated, tellerView], { language })
  expect(await screen.findAllByRole('spinbutton')).not.toEqual([])
  await expectNoAxeViolations()
})
