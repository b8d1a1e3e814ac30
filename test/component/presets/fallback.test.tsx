import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { defaultFallback, type Preset } from '@contract/entities/preset'
import { PresetsScreen } from '@renderer/features/presets/PresetsScreen'
import { model, provider } from '@test/component/model-picker/catalogue'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import {
  config,
  configId,
  madeConfig,
  mild,
  place,
  placed,
  preset,
  presetHandlers,
  presetId,
  router,
  sonnet,
} from './fixtures'

const home = provider(7, 'home', { local: true, keyRequired: false })
const configs = [
  config(1, 'Cloud', { providerId: router.id, model: 'sonnet' }),
  config(2, 'Here', { providerId: home.id, model: 'tiny' }),
  config(3, 'Spare', { providerId: router.id, model: 'sonnet' }),
]
const chains = (errors: number[]) => ({
  ...defaultFallback,
  chains: { ...defaultFallback.chains, errors: errors.map(configId) },
})

async function show(part: Partial<Preset>, more: Handlers = {}) {
  const { handlers, stored } = presetHandlers([preset(1, part)])
  const bridge = createInMemoryBridge({
    ...handlers,
    'modelConfigs.list': () => configs,
    'providers.list': () => [router, mild, home],
    'models.list': () => [sonnet, model(home, 'tiny', { local: true, price: null })],
    ...more,
  })
  const view = renderWith(bridge, <PresetsScreen presetId={presetId(1)} tab="fallback" />)
  await screen.findByRole('heading', { name: 'After an error' })
  const sent = () => bridge.inputsOf('presets.update').at(-1)?.patch.fallback
  return { ...view, bridge, stored, sent }
}
const chain = () => screen.getByRole('region', { name: 'After an error' })
const names = () =>
  within(chain())
    .queryAllByRole('link')
    .map(({ textContent }) => textContent)

describe('the fallback tab', () => {
  it('adds model configs to a chain, and takes them out', async () => {
    const { user, sent } = await show({})
    await user.click(await screen.findByRole('combobox', { name: 'After an error: add a backup model' }))
    await user.click(await screen.findByRole('option', { name: 'Cloud' }))
    await waitFor(() => expect(sent()).toEqual(chains([1])))
    await user.click(screen.getByRole('button', { name: 'Take out Cloud' }))
    await waitFor(() => expect(sent()).toEqual(chains([])))
  })

  it('orders a chain by keyboard, says where each stands, and keeps the focus on it', async () => {
    const { user, sent } = await show({ fallback: chains([1, 2, 3]) })
    await waitFor(() => expect(names()).toEqual(['Cloud', 'Here', 'Spare']))
    screen.getByRole('button', { name: /^Move Spare, 3 of 3/ }).focus()
    await user.keyboard('{ArrowUp}')
    expect(names()).toEqual(['Cloud', 'Spare', 'Here'])
    expect(screen.getByText('Spare is now 2 of 3')).toBeTruthy()
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Move Spare, 2 of 3/))
    await user.keyboard('{Home}')
    await waitFor(() => expect(sent()).toEqual(chains([3, 1, 2])))
  })

  it('says which paid model is not tried after a local one, until the user consents', async () => {
    const { user, sent } = await show({ fallback: chains([2, 1]) })
    expect(await screen.findByText('Cloud may cost money, so it is not tried after a local model.')).toBeTruthy()
    await user.click(screen.getByRole('switch', { name: /A local model may be followed by a paid one/ }))
    await waitFor(() => expect(sent()).toEqual({ ...chains([2, 1]), allowPaid: true }))
    expect(screen.queryByText(/may cost money/)).toBeNull()
  })

  it('lets a local model step in for a locked vault only by a switch', async () => {
    const { user, sent } = await show({ fallback: chains([2]) })
    const choice = screen.getByRole('switch', { name: /^A local model may step in while the key vault is locked/ })
    expect(choice).toHaveProperty('checked', false)
    await user.click(choice)
    await waitFor(() => expect(sent()).toEqual({ ...chains([2]), localWhenLocked: true }))
  })

  it('asks for no consent where no local model comes before', async () => {
    await show({ fallback: chains([1, 2]) })
    await waitFor(() => expect(names()).toEqual(['Cloud', 'Here']))
    expect(screen.queryByText(/may cost money/)).toBeNull()
  })

  it('counts the local model of a role as one that comes before', async () => {
    await show({
      roles: placed({ main: place({ providerId: home.id, model: 'tiny' }) }),
      fallback: chains([3]),
    })
    expect(await screen.findByText(/^Spare may cost money/)).toBeTruthy()
  })

  it('makes a new model config and puts it at the end of the chain', async () => {
    const { user, sent, bridge } = await show(
      { fallback: chains([1]) },
      { 'modelConfigs.create': (input) => madeConfig(9, input.name, input.settings) }
    )
    await user.click(screen.getByRole('button', { name: 'After an error: new backup model' }))
    const dialog = await screen.findByRole('dialog', { name: 'New reusable settings' })
    await user.click(within(dialog).getByRole('button', { name: /^Model: / }))
    await user.keyboard('tiny{Enter}')
    expect(within(dialog).getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'tiny')
    await user.click(within(dialog).getByRole('button', { name: 'Create' }))
    await waitFor(() => expect(sent()).toEqual(chains([1, 9])))
    expect(bridge.inputsOf('modelConfigs.create')).toEqual([
      { name: 'tiny', kind: 'chat', settings: { providerId: home.id, model: 'tiny' } },
    ])
  })

  it('trips up nobody who listens or uses only the keyboard', async () => {
    await show({ fallback: chains([2, 1]) })
    await waitFor(() => expect(names()).toEqual(['Here', 'Cloud']))
    await expectNoAxeViolations()
  })
})
