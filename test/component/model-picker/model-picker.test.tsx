import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RouteOutput } from '@contract/routes'
import type { ModelChoice } from '@renderer/domain/model-picker/model-choice'
import { ModelPicker } from '@renderer/domain/model-picker/ModelPicker'
import { useModels } from '@renderer/domain/model-picker/use-models'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { localModel, model, provider, server } from './catalogue'

const router = provider(1, 'openrouter')
const ollama = provider(3, 'ollama', {
  local: true,
  keyRequired: false,
  protocol: 'ollama',
  servers: true,
  baseUrl: null,
})
const home = server(1, 'home')
const sonnet = model(router, 'anthropic/claude-sonnet-4.5')
const many = Array.from({ length: 3000 }, (_, n) => model(router, `maker/model-${n}`))

const catalogue: Handlers = {
  'models.list': () => [sonnet, localModel(ollama, home, 'qwen3:8b'), ...many],
  'providers.list': () => [router, ollama],
  'servers.list': () => [home],
}

// jsdom gives every box no height, and a virtual list without height shows nothing.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(380)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(560)
})

function show(handlers: Handlers = {}, value: ModelChoice | null = null) {
  const onChange = vi.fn<(choice: ModelChoice) => void>()
  const bridge = createInMemoryBridge({ ...catalogue, ...handlers })
  const view = renderWith(bridge, <ModelPicker label="Model of Main" kind="chat" value={value} onChange={onChange} />)
  return { ...view, bridge, onChange }
}

const open = async (user: ReturnType<typeof show>['user']) => {
  await user.click(screen.getByRole('button', { name: /^Model of Main/ }))
  return screen.findByRole('combobox', { name: 'Search models' })
}
const activeText = (search: HTMLElement) =>
  document.getElementById(search.getAttribute('aria-activedescendant') ?? '')?.textContent ?? ''

describe('the model picker', () => {
  it('shows the chosen model with context and price', async () => {
    show({}, { providerId: router.id, model: sonnet.model })
    const name = 'Model of Main: anthropic/claude-sonnet-4.5 Openrouter 200k · $3 / $15'
    expect(await screen.findByRole('button', { name })).toBeTruthy()
  })

  it('prepares the catalogue once for all pickers of a page', async () => {
    const seen = new Set<unknown>()
    function Pickers() {
      const one = useModels()
      const other = useModels()
      if (!one.loading) seen.add(one.index).add(other.index)
      return <p>{one.loading ? '' : `${one.index.length} models`}</p>
    }
    renderWith(createInMemoryBridge(catalogue), <Pickers />)
    expect(await screen.findByText(/\d+ models/)).toBeTruthy()
    expect(seen.size).toBe(1)
  })

  it('is used by the keyboard alone: search, arrows, ends, Enter', async () => {
    const { user, onChange } = show()
    const search = await open(user)
    await waitFor(() => expect(document.activeElement).toBe(search))
    await waitFor(() => expect(activeText(search)).toContain('qwen3:8b'))
    await user.keyboard('{ArrowDown}')
    expect(activeText(search)).toContain('anthropic/claude-sonnet-4.5')
    await user.keyboard('{End}')
    expect(activeText(search)).toContain('maker/model-2999')
    await user.keyboard('{Home}')
    expect(activeText(search)).toContain('qwen3:8b')
    await user.keyboard('sonnet claude')
    await waitFor(() => expect(activeText(search)).toContain('claude-sonnet'))
    await user.keyboard('{Enter}')
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ providerId: router.id, model: sonnet.model })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Model of Main/ })))
  })

  it('takes the first match on Enter, however fast it is typed, and wherever the arrows or the pointer stood', async () => {
    const { user, onChange } = show()
    const search = await open(user)
    await waitFor(() => expect(activeText(search)).toContain('qwen3:8b'))
    await user.keyboard('{ArrowDown}')
    fireEvent.pointerMove(await screen.findByRole('option', { name: /^maker\/model-3/ }), { clientX: 5, clientY: 5 })
    expect(activeText(search)).toContain('maker/model-3')
    // One event, as a paste or a very fast hand: the list for it is not drawn yet when Enter comes.
    act(() => {
      fireEvent.change(search, { target: { value: 'model-12' } })
      fireEvent.keyDown(search, { key: 'Enter' })
    })
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ providerId: router.id, model: 'maker/model-12' })
  })

  it('takes nothing on Enter while the models are still being read', async () => {
    let answer: (models: RouteOutput<'models.list'>) => void = () => {}
    const models = new Promise<RouteOutput<'models.list'>>((resolve) => (answer = resolve))
    const { user, onChange } = show({ 'models.list': () => models })
    const search = await open(user)
    await user.keyboard('sonnet{Enter}')
    expect(onChange).not.toHaveBeenCalled()
    answer([sonnet])
    await waitFor(() => expect(activeText(search)).toContain('claude-sonnet'))
    await user.keyboard('{Enter}')
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ providerId: router.id, model: sonnet.model })
  })

  it('closes on Escape without a choice, and gives the focus back', async () => {
    const { user, onChange } = show()
    await open(user)
    await user.keyboard('qwen{Escape}')
    await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Search models' })).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Model of Main/ })))
    expect(onChange).not.toHaveBeenCalled()
  })

  it('names the server of a local model, and says that choice back', async () => {
    const { user, onChange } = show()
    await open(user)
    await user.click(await screen.findByRole('option', { name: /qwen3:8b/ }))
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ providerId: ollama.id, serverId: home.id, model: 'qwen3:8b' })
  })

  it('takes a name that nobody lists, so that a preset can be made offline', async () => {
    const { user, onChange } = show({ 'models.list': () => [] })
    await open(user)
    await user.keyboard('mistral-nemo')
    await user.click(await screen.findByRole('option', { name: 'Use “mistral-nemo” from Openrouter' }))
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ providerId: router.id, model: 'mistral-nemo' })
  })

  it('keeps only the visible lines of thousands in the page', async () => {
    const { user } = show()
    await open(user)
    await screen.findByRole('option', { name: /qwen3:8b/ })
    expect(screen.getAllByRole('option').length).toBeLessThan(40)
  })

  it('shows what was used lately first the next time', async () => {
    const { user } = show()
    await open(user)
    await user.keyboard('model-1234')
    await user.click(await screen.findByRole('option', { name: /^maker\/model-1234/ }))
    const search = await open(user)
    await waitFor(() => expect(activeText(search)).toContain('maker/model-1234'))
    expect(screen.getByText('Recently used')).toBeTruthy()
  })

  it('leads to the providers when there is no model at all', async () => {
    const { user } = show({ 'models.list': () => [] })
    await open(user)
    expect((await screen.findByRole('link', { name: 'Go to providers' })).getAttribute('href')).toBe('#/providers')
  })

  it('asks for the lists again, and names who did not answer', async () => {
    const { user, bridge } = show({
      'tokens.list': () => [],
      'servers.discover': () => {
        throw sentError('provider_unreachable', 'no answer', { details: {} })
      },
    })
    await open(user)
    await user.click(screen.getByRole('button', { name: 'Ask for the models again' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Ollama: ')
    // Nothing is asked of a provider that has no key.
    expect(bridge.inputsOf('models.refresh')).toEqual([])
  })

  it('narrows the list by price and ability, and takes the filters back', async () => {
    const thinker = model(router, 'maker/thinker', {
      capabilities: ['text', 'thinking'],
      price: { input: 0, output: 0 },
    })
    const { user } = show({ 'models.list': () => [sonnet, thinker, localModel(ollama, home, 'qwen3:8b')] })
    await open(user)
    await screen.findByRole('option', { name: /sonnet/ })
    const options = () =>
      within(screen.getByRole('listbox'))
        .queryAllByRole('option')
        .map(({ textContent }) => textContent)
    await user.selectOptions(screen.getByRole('combobox', { name: 'Price' }), 'Free')
    expect(options()).toHaveLength(2)
    await user.click(screen.getByRole('checkbox', { name: 'Reasoning' }))
    expect(options()).toEqual([expect.stringContaining('maker/thinker')])
    await user.selectOptions(screen.getByRole('combobox', { name: 'Context' }), 'From 128k')
    await user.click(screen.getByRole('checkbox', { name: 'Tools' }))
    expect(screen.getByText('No model fits the words and filters.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Clear filters' }))
    expect(options()).toHaveLength(3)
  })

  it('says that the chosen model was switched off', async () => {
    show({ 'models.list': () => [{ ...sonnet, enabled: false }] }, { providerId: router.id, model: sonnet.model })
    expect(await screen.findByRole('button', { name: /sonnet-4\.5 Openrouter switched off/ })).toBeTruthy()
  })

  it('trips up nobody who listens or uses only the keyboard', async () => {
    const { user } = show()
    await open(user)
    await screen.findByRole('option', { name: /qwen3:8b/ })
    const listbox = screen.getByRole('listbox', { name: 'Models' })
    expect(within(listbox).getAllByRole('option').length).toBeGreaterThan(0)
    await expectNoAxeViolations()
  })
})
