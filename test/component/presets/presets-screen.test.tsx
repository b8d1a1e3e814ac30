import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FabulaError } from '@contract/errors'
import { defaultFallback, type Preset } from '@contract/entities/preset'
import { ModelConfigId } from '@contract/ids'
import { PresetsScreen } from '@renderer/features/presets/PresetsScreen'
import { rememberTab } from '@renderer/features/presets/last-tab'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import * as textFiles from '@renderer/components/text-files'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import {
  config,
  configId,
  mild,
  onSonnet,
  place,
  placed,
  preset,
  presetHandlers,
  presetId,
  router,
  tokenId,
} from './fixtures'

afterEach(() => rememberTab('main'))

async function show(presets: Preset[] = [preset(1), preset(2)], more: Handlers = {}) {
  const { handlers, stored } = presetHandlers(presets)
  const bridge = createInMemoryBridge({ ...handlers, ...more })
  const view = renderWith(bridge, <PresetsScreen presetId={presets[0]?.id} />)
  if (presets.length > 0) await screen.findByRole('group', { name: 'Temperature' })
  return { ...view, bridge, stored }
}
const row = (name: string) => screen.getByRole('group', { name })
const saved = () => screen.findByText('Saved')
const lastRole = (bridge: Awaited<ReturnType<typeof show>>['bridge']) => bridge.inputsOf('presets.setRole').at(-1)

describe('the presets screen', () => {
  it('opens the default preset when the address names none', async () => {
    const { handlers } = presetHandlers([preset(2), preset(1)])
    renderWith(createInMemoryBridge(handlers), <PresetsScreen />)
    await waitFor(() => expect(window.location.hash).toBe(`#/presets/${presetId(1)}`))
  })

  it('sends a sampler only when it is set, with the whole role', async () => {
    const { user, bridge } = await show()
    await user.type(within(row('Temperature')).getByRole('spinbutton'), '0.8')
    await waitFor(() =>
      expect(lastRole(bridge)).toEqual({
        id: presetId(1),
        role: 'main',
        value: place({ ...onSonnet, samplers: { temperature: 0.8 } }),
      })
    )
    await user.click(screen.getByRole('button', { name: 'Temperature: back to not set' }))
    await waitFor(() => expect(lastRole(bridge)?.value).toEqual(place(onSonnet)))
    await saved()
  })

  it('folds what the chosen model does not take into one line, and greys it there', async () => {
    const { user } = await show()
    const folded = await screen.findByRole('group', { name: 'Settings this model does not take' })
    expect(folded.textContent).toContain('Top A')
    expect(screen.queryByRole('group', { name: 'Top A' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Show the settings this model does not take' }))
    expect((await screen.findByRole('group', { name: 'Top A' })).textContent).toContain('Not supported by this model')
    await user.click(screen.getByRole('button', { name: 'More settings (1)' }))
    expect(within(row('Seed')).getByRole('spinbutton')).toHaveProperty('disabled', false)
  })

  it('switches a role in the list, keeps its settings, and says what happens while it is off', async () => {
    const settings = { ...onSonnet, samplers: { seed: 3 } }
    const { user, bridge } = await show([
      preset(1, { roles: placed({ main: place(onSonnet), storyteller: place(settings), guard: place({}, false) }) }),
    ])
    await user.click(screen.getByRole('switch', { name: 'Storyteller takes part' }))
    await waitFor(() => expect(lastRole(bridge)?.value).toEqual(place(settings, false)))
    await user.click(screen.getByRole('tab', { name: 'Storyteller' }))
    expect(
      screen.getByText('Storyteller does not take part; the Writer does its work. These settings are kept.')
    ).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'More settings (1 is set)' }))
    expect(within(row('Seed')).getByRole('spinbutton')).toHaveProperty('value', '3')
    expect(screen.queryByRole('switch', { name: 'Main takes part' })).toBeNull()
  })

  it('moves through the list with the arrow keys', async () => {
    const { user } = await show()
    screen.getByRole('tab', { name: 'Main' }).focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Storyteller', selected: true }))
    await user.keyboard('{End}')
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Backup models', selected: true }))
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Main', selected: true }))
  })

  it('saves what roles that are off come to', async () => {
    const { user, bridge } = await show()
    await user.click(screen.getByRole('tab', { name: 'Backup models' }))
    await user.click(screen.getByRole('radio', { name: 'is skipped' }))
    await waitFor(() =>
      expect(bridge.inputsOf('presets.update')).toEqual([
        { id: presetId(1), patch: { fallback: { ...defaultFallback, useMainForUnset: false } } },
      ])
    )
  })

  it('chooses keys in order, moves them by keyboard, and takes them out', async () => {
    const { user, bridge } = await show()
    await user.click(await screen.findByRole('button', { name: 'Choose keys' }))
    await user.click(await screen.findByRole('menuitem', { name: /home/ }))
    await user.click(await screen.findByRole('button', { name: 'Add a key' }))
    await user.click(await screen.findByRole('menuitem', { name: /spare/ }))
    await waitFor(() => expect(lastRole(bridge)?.value.settings.tokenIds).toEqual([tokenId(1), tokenId(2)]))
    screen.getByRole('button', { name: /^Move spare/ }).focus()
    await user.keyboard('{ArrowLeft}')
    await waitFor(() => expect(lastRole(bridge)?.value.settings.tokenIds).toEqual([tokenId(2), tokenId(1)]))
    expect(screen.getByText('spare is now 1 of 2')).toBeTruthy()
    await user.selectOptions(screen.getByRole('combobox', { name: 'How the next key is chosen' }), 'At random')
    await waitFor(() => expect(lastRole(bridge)?.value.settings.tokenStrategy).toBe('random'))
    await user.click(screen.getByRole('button', { name: 'Take out home' }))
    await user.click(screen.getByRole('button', { name: 'Take out spare' }))
    // None left is no leave to take any: that is said, and asked for.
    await waitFor(() => expect(lastRole(bridge)?.value.settings.tokenIds).toEqual([]))
    expect(screen.getByText(/^Choose a key: the ones chosen before are gone/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: /^Any key of / }))
    await waitFor(() => expect(lastRole(bridge)?.value.settings.tokenIds).toBeUndefined())
    expect(screen.queryByText(/^Choose a key/)).toBeNull()
  })

  it('asks for a key where the one that was chosen is deleted', async () => {
    await show([preset(1, { roles: placed({ main: place({ ...onSonnet, tokenIds: [] }) }) })])
    expect(await screen.findByText(/^Choose a key: the ones chosen before are gone/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Choose keys' })).toBeTruthy()
  })

  it('takes keys out when the provider changes, says so, and puts them back on undo', async () => {
    const settings = { ...onSonnet, tokenIds: [tokenId(1)], samplers: { temperature: 1.5, seed: 2 } }
    const { user, bridge } = await show([preset(1, { roles: placed({ main: place(settings) }) })])
    await user.click(screen.getByRole('button', { name: /^Model of Main/ }))
    await user.keyboard('gentle{Enter}')
    await waitFor(() =>
      expect(lastRole(bridge)?.value.settings).toEqual({ providerId: mild.id, model: 'gentle', samplers: { seed: 2 } })
    )
    expect(screen.getByText('Removed, because Mild does not support it: Temperature, 1 key.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(lastRole(bridge)?.value).toEqual(place(settings)))
  })

  it('lays the settings of a model config under its own, and shows where each comes from', async () => {
    const { user, bridge } = await show([preset(1)], {
      'modelConfigs.list': () => [
        {
          id: ModelConfigId.parse('01990000-0004-7000-8000-000000000001'),
          name: 'House style',
          kind: 'chat',
          settings: { providerId: router.id, model: 'sonnet', samplers: { temperature: 0.3 } },
          createdAt: '2026-01-01T00:00:00.000Z',
          updatedAt: '2026-01-01T00:00:00.000Z',
          users: [],
        },
      ],
    })
    await user.click(await screen.findByRole('combobox', { name: 'Reusable settings' }))
    await user.click(await screen.findByRole('option', { name: 'House style' }))
    expect(within(row('Temperature')).getByText('Reusable settings')).toBeTruthy()
    expect(within(row('Temperature')).getByRole('spinbutton').getAttribute('placeholder')).toBe('0.30')
    await waitFor(() => expect(lastRole(bridge)?.value.modelConfigId).toBe('01990000-0004-7000-8000-000000000001'))
    // What the config gives is not copied into the preset.
    expect(lastRole(bridge)?.value.settings).toEqual(onSonnet)
  })

  it('takes the first of many configs that fits what is typed on Enter', async () => {
    const names = [...Array.from({ length: 12 }, (_, n) => `House style ${n + 1}`), 'Salt and fog', 'Sea salt']
    const { user, bridge } = await show([preset(1)], {
      'modelConfigs.list': () => names.map((name, at) => config(at + 1, name)),
    })
    await user.click(await screen.findByRole('combobox', { name: 'Reusable settings' }))
    await user.keyboard('{ArrowDown}{ArrowDown}salt{Enter}')
    await waitFor(() => expect(lastRole(bridge)?.value.modelConfigId).toBe(configId(13)))
  })

  it('leads to the provider when it needs a key and has none', async () => {
    await show([preset(1)], { 'tokens.list': () => [] })
    const link = await screen.findByRole('link', { name: 'Add one' })
    expect(link.getAttribute('href')).toBe(`#/providers/${onSonnet.providerId}`)
  })

  it('says that a save failed, keeps what was typed, and saves it on retry', async () => {
    let full = true
    const { handlers } = presetHandlers([preset(1)])
    const { user, bridge } = await show([preset(1)], {
      'presets.setRole': (input) => {
        if (full) throw new FabulaError('storage_full', 'no space')
        const answer = handlers['presets.setRole']?.(input)
        if (!answer) throw new Error('no handler')
        return answer
      },
    })
    await user.type(within(row('Temperature')).getByRole('spinbutton'), '0.5')
    await screen.findByText('Not saved')
    expect(within(row('Temperature')).getByRole('spinbutton')).toHaveProperty('value', '0.5')
    full = false
    await user.click(screen.getByRole('button', { name: 'Retry' }))
    await saved()
    expect(lastRole(bridge)?.value.settings.samplers).toEqual({ temperature: 0.5 })
  })

  it('renames in place, but never to nothing', async () => {
    const { user, bridge } = await show()
    const name = screen.getByRole('textbox', { name: 'Preset name' })
    await user.clear(name)
    expect(screen.getByText('A preset needs a name.')).toBeTruthy()
    await user.type(name, 'Gothic')
    await waitFor(() => expect(bridge.inputsOf('presets.update').at(-1)?.patch).toEqual({ name: 'Gothic' }))
    expect(bridge.inputsOf('presets.update').some(({ patch }) => patch.name === '')).toBe(false)
  })

  it('names the stories that keep a preset from being deleted', async () => {
    const { user, bridge } = await show([preset(1)], {
      'presets.delete': () => {
        throw new FabulaError('preset_in_use', 'in use', { details: { name: 'Preset 1', users: ['The Tower', 'Fog'] } })
      },
    })
    await user.click(screen.getByRole('button', { name: 'Actions for Preset 1' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    expect(bridge.inputsOf('presets.delete')).toEqual([])
    await user.click(await screen.findByRole('button', { name: 'Delete' }))
    expect(await screen.findByText(/The Tower/)).toBeTruthy()
  })

  it('hands a picked file on to the import, and a preset to the export', async () => {
    const file = new File(['{}'], 'gothic.fabula.json')
    vi.spyOn(textFiles, 'pickFiles').mockResolvedValue([file])
    const { user } = await show([preset(1)])
    await user.click(screen.getByRole('button', { name: 'Import and export' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Import' }))
    await waitFor(() => expect(useFilesDialog.getState().files).toEqual([file]))
    await user.click(screen.getByRole('button', { name: 'Actions for Preset 1' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Export to a file' }))
    expect(useFilesDialog.getState().exporting).toEqual({ what: 'presets', ids: [presetId(1)] })
    await user.click(screen.getByRole('button', { name: 'Import and export' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Export' }))
    expect(useFilesDialog.getState().exporting).toEqual({ what: 'configuration' })
    useFilesDialog.getState().close()
  })

  it('offers the first preset where there is none', async () => {
    const { user, bridge } = await show([], { 'presets.create': ({ name }) => preset(1, { name }) })
    await screen.findByText('A preset says which model does what in a story.')
    // The only one: a second red button would say the same.
    await user.click(screen.getByRole('button', { name: 'New preset' }))
    await waitFor(() => expect(bridge.inputsOf('presets.create')).toEqual([{ name: 'New preset' }]))
  })

  it('trips up nobody who listens or uses only the keyboard', async () => {
    await show([preset(1, { roles: placed({ main: place({ ...onSonnet, tokenIds: [tokenId(1), tokenId(2)] }) }) })])
    expect(await screen.findByRole('button', { name: /^Move home/ })).toBeTruthy()
    await expectNoAxeViolations()
  })
})
