import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { StoryId, RoleId } from '@contract/ids'
import { PresetsScreen } from '@renderer/features/presets/PresetsScreen'
import { rememberTab } from '@renderer/features/presets/last-tab'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { config, configId, madeConfig, onSonnet, place, placed, preset, presetHandlers, presetId } from './fixtures'

afterEach(() => rememberTab('main'))

const storyId = (n: number) => StoryId.parse(`01990000-0005-7000-8000-00000000000${n}`)
const main = RoleId.parse('main')

async function show(more: Handlers = {}, presets = [preset(1), preset(2)], tab?: string) {
  const { handlers, stored } = presetHandlers(presets)
  const bridge = createInMemoryBridge({ ...handlers, ...more })
  const view = renderWith(bridge, <PresetsScreen presetId={presetId(1)} {...(tab ? { tab } : {})} />)
  await screen.findByRole('tablist')
  return { ...view, bridge, stored }
}
const temperature = async () =>
  within(await screen.findByRole('group', { name: 'Temperature' })).getByRole('spinbutton')

describe('what a change of a preset does to its stories', () => {
  it('is said with the draft, before it is saved, with names on demand, and can be taken back', async () => {
    const { user, bridge } = await show({
      'presets.effects': () => [
        { storyId: storyId(1), title: 'The Tower', reaches: ['samplers.temperature'], keeps: [] },
        { storyId: storyId(2), title: 'Fog', reaches: ['samplers.temperature'], keeps: [] },
        { storyId: storyId(3), title: 'Salt', reaches: [], keeps: ['samplers.temperature'] },
      ],
      'presets.effective': () => [
        { role: main, fields: { providerId: { value: onSonnet.providerId, origin: 'preset' } }, overrides: {} },
      ],
    })
    await user.type(await temperature(), '0.8')
    expect(await screen.findByText('Main: reaches 2 stories. 1 story keeps its own value.')).toBeTruthy()
    const asked = bridge.requests.findIndex(({ route }) => route === 'presets.effects')
    const saved = bridge.requests.findIndex(({ route }) => route === 'presets.setRole')
    expect(asked).toBeGreaterThan(-1)
    expect(saved === -1 || asked < saved).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Which' }))
    expect(screen.getByRole('link', { name: 'Salt' }).closest('li')?.textContent).toBe('Salt keeps its own temperature')
    await screen.findByText('Saved')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(bridge.inputsOf('presets.setRole').at(-1)?.value).toEqual(place(onSonnet)))
    expect(screen.queryByText(/reaches 2 stories/)).toBeNull()
  })

  it('says nothing where no story is based on the preset', async () => {
    const { user } = await show()
    await user.type(await temperature(), '0.8')
    await screen.findByText('Saved')
    expect(screen.queryByText(/reaches/)).toBeNull()
  })
})

describe('a role and its model config', () => {
  it('works with the model of main while it has none of its own', async () => {
    await show({}, [preset(1, { roles: placed({ main: place(onSonnet), storyteller: place({}) }) })], 'storyteller')
    expect(await screen.findByText(/and uses the Writer’s/)).toBeTruthy()
    expect(await screen.findByRole('button', { name: /^Model of Storyteller: sonnet/ })).toBeTruthy()
  })

  it('gives a value back to its model config', async () => {
    const own = { ...onSonnet, samplers: { temperature: 1.1 } }
    const { user, bridge } = await show(
      { 'modelConfigs.list': () => [config(1, 'House style', { ...onSonnet, samplers: { temperature: 0.3 } })] },
      [preset(1, { roles: placed({ main: { ...place(own), modelConfigId: configId(1) } }) })]
    )
    await user.click(await screen.findByRole('button', { name: 'Temperature: back to the reusable settings' }))
    await waitFor(() => expect(bridge.inputsOf('presets.setRole').at(-1)?.value.settings).toEqual(onSonnet))
    const row = screen.getByRole('group', { name: 'Temperature' })
    expect(within(row).getByText('Reusable settings')).toBeTruthy()
    expect(within(row).getByRole('spinbutton').getAttribute('placeholder')).toBe('0.30')
  })

  it('is made a model config with everything it works with, and takes that back on undo', async () => {
    const own = { ...onSonnet, samplers: { temperature: 1.1 } }
    const { user, bridge } = await show(
      { 'modelConfigs.create': (input) => madeConfig(5, input.name, input.settings) },
      [preset(1, { roles: placed({ main: place(own) }) })]
    )
    await user.click(await screen.findByRole('button', { name: 'Save as reusable settings' }))
    const dialog = await screen.findByRole('dialog', { name: 'Save as reusable settings' })
    await user.clear(within(dialog).getByRole('textbox', { name: 'Name' }))
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'House style{Enter}')
    await waitFor(() =>
      expect(bridge.inputsOf('modelConfigs.create')).toEqual([{ name: 'House style', kind: 'chat', settings: own }])
    )
    await waitFor(() =>
      expect(bridge.inputsOf('presets.setRole').at(-1)?.value).toEqual({ ...place({}), modelConfigId: configId(5) })
    )
    const notice = screen.getByText(/“House style” now holds these settings/).closest('[role="alert"]')
    if (!(notice instanceof HTMLElement)) throw new Error('no notice')
    await user.click(within(notice).getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(bridge.inputsOf('presets.setRole').at(-1)?.value).toEqual(place(own)))
  })

  it('opens the role that the address names, and writes the open one there', async () => {
    const { user } = await show({}, [preset(1)], 'guard')
    expect(await screen.findByRole('tab', { name: 'Guard', selected: true })).toBeTruthy()
    await user.click(screen.getByRole('tab', { name: 'Storyteller' }))
    expect(window.location.hash).toBe(`#/presets/${presetId(1)}/storyteller`)
  })
})

describe('comparing two presets', () => {
  const compare = async (user: Awaited<ReturnType<typeof show>>['user']) => {
    await user.click(await screen.findByRole('button', { name: 'Compare' }))
    return screen.findByRole('dialog', { name: 'Compare “Preset 1”' })
  }

  it('names what differs, role by role, in words', async () => {
    const { user } = await show({
      'modelConfigs.list': () => [config(1, 'House style')],
      'presets.effective': () => [
        { role: main, fields: { providerId: { value: onSonnet.providerId, origin: 'preset' } }, overrides: {} },
      ],
      'presets.compare': () => [
        { role: null, path: 'fallback.chains.errors', a: [], b: [configId(1)] },
        { role: main, path: 'samplers.temperature', a: 0.8, b: null },
        { role: main, path: 'timeouts.totalMs', a: null, b: 90_000 },
        { role: RoleId.parse('guard'), path: 'enabled', a: true, b: false },
      ],
    })
    const dialog = await compare(user)
    const row = async (name: string) =>
      within(await within(dialog).findByRole('row', { name: new RegExp(`^${name}`) }))
        .getAllByRole('cell')
        .map(({ textContent }) => textContent)
    expect(await row('Temperature')).toEqual(['0.80', 'Not set'])
    expect(await row('After an error')).toEqual(['None', 'House style'])
    expect(await row('Whole request')).toEqual(['Not set', '90 s'])
    expect(await row('Takes part')).toEqual(['On', 'Off'])
    expect(within(dialog).getByRole('columnheader', { name: 'Preset 2' })).toBeTruthy()
    expect(within(dialog).getByRole('rowheader', { name: 'Guard' })).toBeTruthy()
    await expectNoAxeViolations()
  })

  it('says so when nothing differs', async () => {
    const { user } = await show({ 'presets.compare': () => [] })
    const dialog = await compare(user)
    expect(await within(dialog).findByText('“Preset 1” and “Preset 2” say the same.')).toBeTruthy()
  })
})
