import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { FabulaError } from '@contract/errors'
import { ProvidersScreen } from '@renderer/features/providers/ProvidersScreen'
import { draftOf, readDraft } from '@renderer/features/providers/provider-draft'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import {
  demo,
  emptyApp,
  model,
  ollama,
  openRouter,
  otherServerId,
  ownProvider,
  server,
  token,
} from '@test/component/sample-data'

const words = (text: string) => ({ en: text, ru: text })
const LM_STUDIO = 'http://127.0.0.1:1234/v1'

test('what came with Fabula is named in the language of the app', async () => {
  const named = { ...demo, localName: { en: 'Demo', ru: 'Демо' } }
  const bridge = createInMemoryBridge({ ...emptyApp, 'providers.list': () => [openRouter, named] })
  renderWith(bridge, <ProvidersScreen providerId={named.id} />, 'ru')
  expect(await screen.findByRole('heading', { name: 'Демо' })).toBeTruthy()
  expect(screen.getByRole('link', { name: /^Демо/ })).toBeTruthy()
})

test('a provider of media alone says what it makes, and has no catalogue', async () => {
  const suno = { ...openRouter, name: 'Suno', kinds: ['music' as const] }
  const bridge = createInMemoryBridge({ ...emptyApp, 'providers.list': () => [suno], 'tokens.list': () => [token()] })
  renderWith(bridge, <ProvidersScreen providerId={suno.id} />)
  expect(await screen.findByRole('link', { name: /^Suno.*1 key.*Makes songs/ })).toBeTruthy()
  expect(screen.getByRole('heading', { name: 'Keys' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Open Media' }).getAttribute('href')).toBe('#/media')
  expect(screen.queryByRole('heading', { name: 'Models' })).toBeNull()
  expect(bridge.inputsOf('models.list')).toEqual([])
  await expectNoAxeViolations()
})

test('a provider of media alone without a key says both, and one that writes only that it has no key', async () => {
  const suno = { ...openRouter, id: ownProvider.id, name: 'Suno', kinds: ['music' as const] }
  const bridge = createInMemoryBridge({ ...emptyApp, 'providers.list': () => [openRouter, suno] })
  renderWith(bridge, <ProvidersScreen />)
  expect((await screen.findByRole('link', { name: /^Suno/ })).textContent).toContain('No key yet · Makes songs')
  expect(screen.getByRole('link', { name: /^OpenRouter/ }).textContent).not.toContain('·')
})

test('an OpenAI-compatible provider is added with its headers and body fields', async () => {
  const flavours = [{ id: 'lm-studio', name: 'LM Studio', description: words('LM Studio'), baseUrl: LM_STUDIO }]
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'providers.flavours': () => flavours,
    'providers.create': () => ownProvider,
  })
  const { user } = renderWith(bridge, <ProvidersScreen />)
  await user.click(await screen.findByRole('button', { name: 'Add a provider' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add a provider' })
  await within(dialog).findByRole('option', { name: 'LM Studio' })
  await user.selectOptions(within(dialog).getByLabelText('Program'), 'LM Studio')
  expect(within(dialog).getByRole('switch', { name: /^Its models run on this computer/ })).toHaveProperty(
    'checked',
    true
  )
  await user.click(within(dialog).getByRole('button', { name: 'Advanced' }))
  await user.click(within(dialog).getByRole('checkbox', { name: 'Makes search vectors' }))
  await user.selectOptions(within(dialog).getByLabelText('How the key is sent'), 'In a header of its own')
  await user.type(within(dialog).getByLabelText('Header'), 'X-API-Key')
  await user.type(within(dialog).getByLabelText('Extra headers'), 'X-Title: Fabula')
  await user.click(within(dialog).getByLabelText('Extra body fields'))
  await user.paste('{ "cache_prompt": true }')
  await expectNoAxeViolations()
  await user.click(within(dialog).getByRole('button', { name: 'Add' }))
  await waitFor(() =>
    expect(bridge.inputsOf('providers.create')).toEqual([
      {
        name: 'LM Studio',
        baseUrl: 'http://127.0.0.1:1234/v1',
        keyRequired: false,
        flavour: 'lm-studio',
        auth: { type: 'header', header: 'X-API-Key' },
        kinds: ['chat'],
        saidLocal: null,
        headers: { 'X-Title': 'Fabula' },
        extraBody: { cache_prompt: true },
      },
    ])
  )
})

test('a draft names each field that cannot be taken', () => {
  const draft = { ...draftOf(ownProvider), baseUrl: 'ftp://x', headers: 'Authorization: Bearer x', extraBody: '[1]' }
  expect(readDraft(draft)).toEqual({ wrong: ['baseUrl', 'headers', 'extraBody'] })
  expect(readDraft(draftOf(ownProvider))).toHaveProperty('provider.baseUrl', ownProvider.baseUrl)
})

test('a changed address is saved after the warning that keys must be pasted again', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'providers.update': ({ patch }) => ({ ...openRouter, baseUrl: patch.baseUrl ?? null }),
  })
  const { user } = renderWith(bridge, <ProvidersScreen providerId={openRouter.id} />)
  const field = await screen.findByRole('textbox', { name: 'Address' })
  await user.clear(field)
  await user.type(field, 'not an address')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/begins with http/)).toBeTruthy()
  await user.clear(field)
  await user.type(field, 'https://proxy.example/v1')
  expect(screen.getByText('The keys must be pasted again after this.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(bridge.inputsOf('providers.update')).toEqual([
      { id: openRouter.id, patch: { baseUrl: 'https://proxy.example/v1' } },
    ])
  )
})

test('a provider in use is not deleted, and the refusal names its users', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'providers.list': () => [ownProvider],
    'providers.delete': () => {
      throw new FabulaError('preset_in_use', 'used', { details: { name: 'LM Studio', users: ['Gothic', 'Night'] } })
    },
  })
  const { user } = renderWith(bridge, <ProvidersScreen />)
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }))
  expect(await screen.findByText('“LM Studio” is still in use.')).toBeTruthy()
  expect(screen.getByText(/By Gothic and Night\./)).toBeTruthy()
})

test('Ollama has no keys but servers: how many answer is said, and the way to them is there', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'servers.list': () => [server(), server({ id: otherServerId, name: 'Attic', available: false })],
    'models.list': () => [model({ providerId: ollama.id })],
  })
  renderWith(bridge, <ProvidersScreen providerId={ollama.id} />)
  expect(await screen.findByText('2 servers · 1 answers')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Open servers' }).getAttribute('href')).toBe('#/servers')
  await expectNoAxeViolations()
})

test('limits of parallel calls are saved; an empty field is none, and nonsense is refused', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'providers.list': () => [{ ...openRouter, limits: { total: 4, perToken: null } }],
    'providers.update': () => openRouter,
  })
  const { user } = renderWith(bridge, <ProvidersScreen />)
  const limits = await screen.findByRole('region', { name: 'Concurrent requests' })
  const total = within(limits).getByRole('textbox', { name: 'All keys together' })
  expect(total).toHaveProperty('value', '4')
  await user.clear(total)
  const perKey = within(limits).getByRole('textbox', { name: 'With one key' })
  await user.type(perKey, '5000')
  await user.click(within(limits).getByRole('button', { name: 'Save' }))
  expect(within(limits).getByText('Enter a number from 1 to 1,000, or leave it empty')).toBeTruthy()
  await user.clear(perKey)
  await user.type(perKey, '2')
  await user.click(within(limits).getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(bridge.inputsOf('providers.update')).toEqual([
      { id: openRouter.id, patch: { limits: { total: null, perToken: 2 } } },
    ])
  )
})

test('the screen speaks Russian with right plurals', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'models.list': () => ['a', 'b'].map((name) => model({ id: name, model: name })),
  })
  renderWith(bridge, <ProvidersScreen />, 'ru')
  expect(await screen.findByText('Нет ключа')).toBeTruthy()
  expect(await screen.findByText(/^2 модели · список обновлён/)).toBeTruthy()
})
