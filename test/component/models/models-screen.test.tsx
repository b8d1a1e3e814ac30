import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FabulaError } from '@contract/errors'
import type { ModelConfigId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { ModelsScreen } from '@renderer/features/models/ModelsScreen'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { model } from '@test/component/model-picker/catalogue'
import {
  config,
  configId,
  mild,
  onSonnet,
  preset,
  presetHandlers,
  presetId,
  router,
} from '@test/component/presets/fixtures'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

type Config = RouteOutput<'modelConfigs.list'>[number]

// jsdom gives every box no height, and a virtual list without height shows nothing.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(250)
})

function show(configs: Config[], id?: ModelConfigId, more: Handlers = {}) {
  const stored = [...configs]
  const bridge = createInMemoryBridge({
    ...presetHandlers([preset(1)]).handlers,
    'modelConfigs.list': () => [...stored],
    'modelConfigs.create': (input) => {
      const made = config(50, input.name, input.settings, { kind: input.kind })
      stored.push(made)
      const { users: _users, ...plain } = made
      return plain
    },
    'modelConfigs.update': ({ id: changed, patch }) => {
      const { users: _users, ...before } = stored.find((each) => each.id === changed) ?? config(1, '')
      return { ...before, ...patch }
    },
    ...more,
  })
  return { ...renderWith(bridge, <ModelsScreen configId={id} />), bridge }
}
const presetOne = { kind: 'preset', id: presetId(1), name: 'Preset 1' } as const
const updates = (bridge: ReturnType<typeof show>['bridge']) => bridge.inputsOf('modelConfigs.update')

describe('the models screen', () => {
  it('saves the settings of a model config as they are edited', async () => {
    const { user, bridge } = show([config(1, 'House style')], configId(1))
    await user.type(within(await screen.findByRole('group', { name: 'Temperature' })).getByRole('spinbutton'), '0.4')
    await waitFor(() =>
      expect(updates(bridge).at(-1)).toEqual({
        id: configId(1),
        patch: { settings: { ...onSonnet, samplers: { temperature: 0.4 } } },
      })
    )
    await screen.findByText('Saved')
    // Its model can be exchanged but not taken out: nothing lies below.
    expect(screen.queryByRole('button', { name: /^Model: back to/ })).toBeNull()
  })

  it('opens the first one when the address names none', async () => {
    show([config(1, 'House style')], undefined)
    await waitFor(() => expect(window.location.hash).toBe(`#/models/${configId(1)}`))
  })

  it('says that its name is taken, and never saves it without one', async () => {
    const { user, bridge } = show([config(1, 'House style')], configId(1), {
      'modelConfigs.update': () => {
        throw sentError('name_taken', 'taken', { details: { name: 'Other' } })
      },
    })
    const name = await screen.findByRole('textbox', { name: 'Name of these settings' })
    await user.clear(name)
    expect(screen.getByText('Reusable settings need a name.')).toBeTruthy()
    await user.type(name, 'Other')
    await screen.findByText('Not saved')
    expect(updates(bridge).at(-1)?.patch.name).toBe('Other')
    expect(updates(bridge).every(({ patch }) => patch.name !== '')).toBe(true)
  })

  it('saves its settings although its name is taken', async () => {
    const { user, bridge } = show([config(1, 'House style')], configId(1), {
      'modelConfigs.update': ({ patch }) => {
        if (patch.name !== undefined) throw sentError('name_taken', 'taken', { details: { name: patch.name } })
        return { ...config(1, 'House style'), ...patch }
      },
    })
    const name = await screen.findByRole('textbox', { name: 'Name of these settings' })
    await user.type(name, ', taken')
    await screen.findByText('Not saved')
    await user.type(within(await screen.findByRole('group', { name: 'Temperature' })).getByRole('spinbutton'), '0.4')
    await waitFor(() => expect(updates(bridge).at(-1)?.patch.settings?.samplers).toEqual({ temperature: 0.4 }))
    expect(screen.getByDisplayValue('House style, taken')).toBeTruthy()
  })

  it('makes one of a kind, named after its model', async () => {
    const { user, bridge } = show([], undefined, {
      'models.list': () => [model(mild, 'gentle'), model(router, 'vectors', { kind: 'embedding' })],
    })
    await screen.findByText(/Reusable settings are a model with its keys/)
    const [button] = screen.getAllByRole('button', { name: 'New reusable settings' })
    if (button) await user.click(button)
    const dialog = await screen.findByRole('dialog', { name: 'New reusable settings' })
    await user.click(within(dialog).getByRole('radio', { name: 'Search by meaning' }))
    await user.click(within(dialog).getByRole('button', { name: /^Model: / }))
    await user.keyboard('vectors{Enter}')
    await user.click(within(dialog).getByRole('button', { name: 'Create' }))
    await waitFor(() =>
      expect(bridge.inputsOf('modelConfigs.create')).toEqual([
        { name: 'vectors', kind: 'embedding', settings: { providerId: router.id, model: 'vectors' } },
      ])
    )
    await waitFor(() => expect(window.location.hash).toBe(`#/models/${configId(50)}`))
  })

  it('leads to who uses it, and says who keeps it from being deleted', async () => {
    const { user, bridge } = show([config(1, 'House style', onSonnet, { users: [presetOne] })], configId(1), {
      'modelConfigs.delete': () => {
        throw new FabulaError('model_config_in_use', 'in use', {
          details: { name: 'House style', users: ['Preset 1'] },
        })
      },
    })
    const users = await screen.findByRole('region', { name: 'Used by' })
    const link = await within(users).findByRole('link', { name: 'Preset 1' })
    expect(link.getAttribute('href')).toBe(`#/presets/${presetId(1)}`)
    await user.click(screen.getByRole('button', { name: 'Actions for House style' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await user.click(await screen.findByRole('button', { name: 'Delete' }))
    expect(await screen.findByText(/By Preset 1/)).toBeTruthy()
    expect(bridge.inputsOf('modelConfigs.delete')).toEqual([{ id: configId(1) }])
  })

  it('tries an embedding with the settings as they stand, and shows the likeness in a word and numbers', async () => {
    const settings = { providerId: router.id, model: 'vectors' }
    const { user, bridge } = show([config(1, 'Vectors', settings, { kind: 'embedding' })], configId(1), {
      'models.list': () => [model(router, 'vectors', { kind: 'embedding' })],
      'embeddings.test': () => ({ dimensions: 1024, similarity: 0.812, latencyMs: 143.7 }),
    })
    await user.click(await screen.findByRole('button', { name: 'Compare' }))
    expect(await screen.findByText('Close in meaning.')).toBeTruthy()
    expect(screen.getByText(/0\.81 of 1 · 1,024 dimensions · 144 ms/)).toBeTruthy()
    expect(bridge.inputsOf('embeddings.test')[0]?.settings).toEqual(settings)
    // What was measured with other words says nothing about these.
    await user.type(screen.getByRole('textbox', { name: 'First text' }), ' And then?')
    expect(screen.queryByText('Close in meaning.')).toBeNull()
  })

  it('says why an embedding could not be tried', async () => {
    const { user } = show([config(1, 'Vectors', onSonnet, { kind: 'embedding' })], configId(1), {
      'embeddings.test': () => {
        throw new FabulaError('provider_unauthorized', 'no', { details: { provider: 'OpenRouter' } })
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Compare' }))
    expect(await screen.findByRole('alert')).toBeTruthy()
  })

  it('draws only the visible ones of 500, finds one by its words, and steps through by arrow keys', async () => {
    const many = Array.from({ length: 500 }, (_, n) => config(n + 1, `Config ${n + 1}`))
    const { user } = show(many, configId(1))
    const list = await screen.findByRole('navigation', { name: 'Reusable settings' })
    await within(list).findByRole('link', { name: /^Config 1not used/ })
    expect(within(list).getAllByRole('link').length).toBeLessThan(40)
    within(list)
      .getByRole('link', { name: /^Config 1not used/ })
      .focus()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(document.activeElement?.textContent).toMatch(/^Config 3/)
    await user.type(within(list).getByRole('textbox', { name: 'Search reusable settings' }), '499')
    expect(within(list).getAllByRole('link')).toHaveLength(1)
    expect(within(list).getByRole('link', { name: /^Config 499/ })).toBeTruthy()
  })

  it('trips up nobody who listens or uses only the keyboard', async () => {
    show([config(1, 'Vectors', onSonnet, { kind: 'embedding', users: [presetOne] }), config(2, 'Other')], configId(1))
    expect(await screen.findByRole('button', { name: 'Compare' })).toBeTruthy()
    await expectNoAxeViolations()
  })
})
