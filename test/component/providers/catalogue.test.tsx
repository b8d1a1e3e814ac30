import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Model } from '@contract/entities/model'
import { FabulaError } from '@contract/errors'
import { ProvidersScreen } from '@renderer/features/providers/ProvidersScreen'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, model, openRouter, otherServerId, server } from '@test/component/sample-data'

const named = (name: string, part: Partial<Model> = {}) =>
  model({ id: `openrouter/${name}`, model: name, name, ...part })
const claude = named('anthropic/claude', {
  capabilities: ['text', 'tools', 'thinking'],
  modalities: { input: ['text', 'image'], output: ['text'] },
  reasoning: { mandatory: true, efforts: ['low', 'high'], defaultEffort: null },
})
const gone = named('old/hermes', { available: false })
const mine = named('my/tune', { source: 'manual', price: null, edited: ['contextLength'] })

// jsdom gives every box no height, and a virtual list without height shows nothing.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(700)
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(700)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900)
})

const show = async (handlers: Handlers = {}, language: 'en' | 'ru' = 'en') => {
  const bridge = createInMemoryBridge({ ...emptyApp, 'models.list': () => [claude, gone, mine], ...handlers })
  const view = renderWith(bridge, <ProvidersScreen providerId={openRouter.id} />, language)
  const list = await screen.findByRole('list', {
    name: language === 'en' ? 'Models of OpenRouter' : 'Модели OpenRouter',
  })
  return { bridge, list, ...view }
}
const names = (list: HTMLElement) =>
  within(list)
    .getAllByRole('listitem')
    .map((row) => row.textContent)

test('the catalogue says of each model what it is, and of some that they were changed, added or lost', async () => {
  const { list } = await show()
  const [first, second, third] = names(list)
  expect(first).toContain('anthropic/claude')
  expect(first).toContain('200k · $3 / $15')
  expect(first).toContain('tools · reasoning')
  expect(second).toMatch(/my\/tune.*added by hand.*changed by you/)
  expect(third).toMatch(/old\/hermes.*no longer listed/)
  await expectNoAxeViolations()
})

test('of thousands of models only the visible ones are on the page, and any of them is found by its words', async () => {
  const many = Array.from({ length: 5000 }, (_, n) => named(`maker/model-${n}`))
  const { user, list } = await show({ 'models.list': () => many })
  expect(within(list).getAllByRole('listitem').length).toBeLessThan(60)
  await user.type(screen.getByRole('textbox', { name: 'Search these models' }), '4321 MAKER')
  await waitFor(() => expect(names(list)).toEqual([expect.stringContaining('maker/model-4321')]))
})

test('a model is switched off, and those that are off can be shown alone', async () => {
  const { user, bridge, list } = await show()
  bridge.answer({
    'models.update': () => {
      const off = { ...claude, enabled: false }
      bridge.answer({ 'models.list': () => [off, gone, mine] })
      bridge.changed('models')
      return off
    },
  })
  await user.click(within(list).getByRole('switch', { name: 'Offer anthropic/claude' }))
  expect(bridge.inputsOf('models.update')).toEqual([{ id: claude.id, patch: { enabled: false } }])
  await user.selectOptions(screen.getByRole('combobox', { name: 'Which models to show' }), 'Switched off')
  await waitFor(() => expect(names(list)).toEqual([expect.stringContaining('anthropic/claude')]))
})

test('name and context are changed, and given back to the provider', async () => {
  const changed: Model = { ...claude, name: 'Claude', edited: ['name'] }
  const { user, bridge, list } = await show({ 'models.update': () => changed })
  await user.click(within(list).getByRole('button', { name: 'anthropic/claude: details' }))
  const dialog = await screen.findByRole('dialog', { name: 'anthropic/claude' })
  expect(dialog.textContent).toContain('always on; efforts: low, high')
  expect(dialog.textContent).toContain('text · images → text')
  await expectNoAxeViolations()
  const name = within(dialog).getByRole('textbox', { name: 'Name' })
  await user.clear(name)
  await user.type(name, 'Claude')
  const context = within(dialog).getByRole('textbox', { name: 'Context, tokens' })
  await user.clear(context)
  await user.type(context, '32000')
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(bridge.inputsOf('models.update')).toEqual([
      { id: claude.id, patch: { name: 'Claude', contextLength: 32_000 } },
    ])
  )
  bridge.answer({ 'models.list': () => [changed] })
  bridge.changed('models')
  await user.click(await within(list).findByRole('button', { name: 'Claude: details' }))
  const again = await screen.findByRole('dialog', { name: 'Claude' })
  await user.click(within(again).getByRole('button', { name: 'As the provider says' }))
  await waitFor(() => expect(bridge.inputsOf('models.update').at(-1)).toEqual({ id: claude.id, patch: { name: null } }))
})

test('a price of one’s own is said for both ways or for none, and given back to the provider', async () => {
  const priced: Model = { ...mine, price: { input: 0.5, output: 2 }, edited: ['contextLength', 'price'] }
  const { user, bridge, list } = await show({ 'models.update': () => priced })
  await user.click(within(list).getByRole('button', { name: 'my/tune: details' }))
  const dialog = await screen.findByRole('dialog', { name: 'my/tune' })
  const [read, written] = ['read', 'written'].map((side) =>
    within(dialog).getByRole('textbox', { name: `Price, $ per million tokens: ${side}` })
  )
  if (!read || !written) throw new Error('There are no fields for a price')
  await user.type(read, '0.5')
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await within(dialog).findByText(/^Enter both prices/)).toBeTruthy()
  expect(bridge.inputsOf('models.update')).toEqual([])
  await expectNoAxeViolations()
  await user.type(written, '2')
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(bridge.inputsOf('models.update')).toEqual([{ id: mine.id, patch: { price: { input: 0.5, output: 2 } } }])
  )
  bridge.answer({ 'models.list': () => [priced] })
  bridge.changed('models')
  await user.click(await within(list).findByRole('button', { name: 'my/tune: details' }))
  const again = await screen.findByRole('dialog', { name: 'my/tune' })
  const resets = await within(again).findAllByRole('button', { name: 'As it was added' })
  await user.click(resets.at(-1) ?? again)
  await waitFor(() => expect(bridge.inputsOf('models.update').at(-1)).toEqual({ id: mine.id, patch: { price: null } }))
})

test('a model is added by hand; one that is there already is refused by name', async () => {
  let taken = true
  const { user, bridge } = await show({
    // Known from another screen, and nobody's business here.
    'servers.list': () => [server(), server({ id: otherServerId, name: 'workshop' })],
    'models.create': () => {
      if (taken) throw sentError('name_taken', 'there', { details: { name: 'my/tune' } })
      return mine
    },
  })
  await user.click(screen.getByRole('button', { name: 'Add by hand' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add a model' })
  expect(within(dialog).queryByRole('combobox')).toBeNull()
  await user.type(within(dialog).getByRole('textbox', { name: 'Name at the provider' }), 'my/tune')
  await user.click(within(dialog).getByRole('button', { name: 'Add' }))
  expect(await within(dialog).findByText('The name “my/tune” is taken.')).toBeTruthy()
  taken = false
  await user.type(within(dialog).getByRole('textbox', { name: 'Context, tokens' }), '8192')
  await user.click(within(dialog).getByRole('button', { name: 'Add' }))
  expect(await screen.findByText('Model “my/tune” is added')).toBeTruthy()
  expect(bridge.inputsOf('models.create').at(-1)).toEqual({
    providerId: openRouter.id,
    model: 'my/tune',
    kind: 'chat',
    contextLength: 8192,
    price: null,
  })
})

test('only what the provider does not list can be deleted', async () => {
  const { user, bridge, list } = await show({ 'models.delete': () => ({}) })
  await user.click(within(list).getByRole('button', { name: 'More for model anthropic/claude' }))
  await screen.findByRole('menuitem', { name: 'Details and changes' })
  expect(screen.queryByRole('menuitem', { name: 'Delete' })).toBeNull()
  await user.keyboard('{Escape}')
  await user.click(within(list).getByRole('button', { name: 'More for model old/hermes' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(bridge.inputsOf('models.delete')).toEqual([{ id: gone.id }]))
})

test('a list that could not be updated says why, and the old one stays', async () => {
  const problem = new FabulaError('provider_unreachable', 'down', { details: { provider: 'OpenRouter' } }).toShape()
  const { user, bridge, list } = await show({
    'models.states': () => [{ providerId: openRouter.id, lastSync: '2026-03-01T12:00:00.000Z', problem }],
    'models.refresh': () => ({ added: 1, changed: 0, vanished: 2 }),
  })
  expect(await screen.findByText('The list could not be updated. The one from before stays.')).toBeTruthy()
  expect(screen.getByText('OpenRouter cannot be reached.')).toBeTruthy()
  expect(names(list)).toHaveLength(3)
  bridge.answer({ 'models.states': () => [] })
  await user.click(screen.getByRole('button', { name: 'Retry' }))
  expect(await screen.findByText('1 new, 2 gone')).toBeTruthy()
})

test('the catalogue speaks Russian', async () => {
  const { list } = await show({}, 'ru')
  expect(names(list)[2]).toContain('больше нет в списке')
  await expectNoAxeViolations()
})
