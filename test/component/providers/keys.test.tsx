import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { FabulaError } from '@contract/errors'
import { RoleId } from '@contract/ids'
import { ProvidersScreen } from '@renderer/features/providers/ProvidersScreen'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, openRouter, otherTokenId, ready, token } from '@test/component/sample-data'

const SECRET = 'sk-or-v1-planted-0042'
const show = (bridge: ReturnType<typeof createInMemoryBridge>) =>
  renderWith(bridge, <ProvidersScreen providerId={openRouter.id} />)
const typed = (text: string) => screen.findByLabelText(text, { selector: 'input' })

test('a pasted key is trimmed, checked live, and only then stored', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.probe': () => ({ models: 300, creditLeft: 4, latencyMs: 90 }),
    'tokens.add': () => token({ name: 'Key 1' }),
  })
  const { user } = show(bridge)
  await user.click(await typed('Key'))
  await user.paste(`  ${SECRET}\n`)
  await user.click(screen.getByRole('button', { name: 'Check and add' }))
  expect(await screen.findByText('Key “Key 1” works: 300 models')).toBeTruthy()
  expect(bridge.requests.map(({ route }) => route).filter((route) => /^tokens\.(probe|add)/.test(route))).toEqual([
    'tokens.probe',
    'tokens.add',
  ])
  expect(bridge.inputsOf('tokens.add')).toEqual([
    { providerId: openRouter.id, name: 'Key', secret: SECRET, checked: true },
  ])
})

test('a key that the provider refuses is not stored, and cannot be added unchecked', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.probe': () => {
      throw new FabulaError('provider_unauthorized', '401', { details: { provider: 'OpenRouter' } })
    },
  })
  const { user } = show(bridge)
  await user.type(await typed('Key'), SECRET)
  await user.click(screen.getByRole('button', { name: 'Check and add' }))
  expect(await screen.findByText('OpenRouter refused the key.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Add it unchecked' })).toBeNull()
  expect(bridge.inputsOf('tokens.add')).toEqual([])
})

test('a key can be added unchecked when the provider cannot be reached', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.probe': () => {
      throw new FabulaError('provider_unreachable', 'down', { details: { provider: 'OpenRouter' }, retryable: true })
    },
    'tokens.add': () => token(),
  })
  const { user } = show(bridge)
  await user.type(await typed('Key'), SECRET)
  await user.click(screen.getByRole('button', { name: 'Check and add' }))
  await user.click(await screen.findByRole('button', { name: 'Add it unchecked' }))
  expect(await screen.findByText('Key “home” is added')).toBeTruthy()
})

test('adding the same key again names the one that has it', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.probe': () => ({ models: null, creditLeft: null, latencyMs: 1 }),
    'tokens.add': () => {
      throw sentError('token_duplicate', 'same', { details: { name: 'spare' } })
    },
  })
  const { user } = show(bridge)
  await user.type(await typed('Key'), SECRET)
  await user.click(screen.getByRole('button', { name: 'Check and add' }))
  expect(await screen.findByText('This key is already there as “spare”.')).toBeTruthy()
})

test('the first key makes the vault in the keychain without a question', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'vault.status': () => ({ state: 'empty', kind: null, reason: null, keychainAvailable: true }),
    'vault.create': () => ready,
    'tokens.probe': () => ({ models: 1, creditLeft: null, latencyMs: 1 }),
    'tokens.add': () => token(),
  })
  const { user } = show(bridge)
  await user.type(await typed('Key'), SECRET)
  await user.click(screen.getByRole('button', { name: 'Check and add' }))
  await waitFor(() => expect(bridge.inputsOf('tokens.add')).toHaveLength(1))
  expect(bridge.inputsOf('vault.create')).toEqual([{ kind: 'keychain' }])
})

test('without a keychain the user chooses, and the key is stored after that', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'vault.status': () => ({
      state: 'empty',
      kind: null,
      reason: 'vault_keychain_unavailable',
      keychainAvailable: false,
    }),
    'vault.create': () => ({ ...ready, kind: 'passphrase' }),
    'tokens.probe': () => ({ models: 1, creditLeft: null, latencyMs: 1 }),
    'tokens.add': () => token(),
  })
  const { user } = show(bridge)
  await user.type(await typed('Key'), SECRET)
  await user.click(screen.getByRole('button', { name: 'Check and add' }))
  const dialog = await screen.findByRole('dialog', { name: 'Where to keep your keys' })
  await expectNoAxeViolations()
  const keep = within(dialog).getByRole('button', { name: 'Keep keys this way' })
  expect(keep).toHaveProperty('disabled', true)
  await user.type(
    within(dialog).getByLabelText(/^Passphrase/, { selector: 'input[type=password]' }),
    'four quiet words'
  )
  await user.type(within(dialog).getByLabelText('The passphrase again', { selector: 'input' }), 'four quiet words')
  await user.click(keep)
  await waitFor(() => expect(bridge.inputsOf('tokens.add')).toHaveLength(1))
  expect(bridge.inputsOf('vault.create')).toEqual([{ kind: 'passphrase', passphrase: 'four quiet words' }])
  // The passphrase was sent, and not the form of the key once more with it.
  expect(bridge.inputsOf('tokens.probe')).toHaveLength(1)
})

test('keys show name, last four and state in words; one is renamed in its row', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.list': () => [token(), token({ id: otherTokenId, name: 'spare', last4: '07c2', state: 'exhausted' })],
    'tokens.rename': ({ name }) => token({ name }),
  })
  const { user } = show(bridge)
  expect(await screen.findByText('···a91f')).toBeTruthy()
  expect(screen.getByText('out of credit')).toBeTruthy()
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: 'More for key home' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
  const field = screen.getByRole('textbox', { name: 'New name of the key' })
  await user.clear(field)
  await user.type(field, 'study{Enter}')
  await waitFor(() => expect(bridge.inputsOf('tokens.rename')).toEqual([{ id: token().id, name: 'study' }]))
})

test('before a key is deleted, it is said what loses its last one, and what goes on', async () => {
  const main = RoleId.parse('main')
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.list': () => [token()],
    'tokens.users': () => [
      { kind: 'modelConfig', name: 'Fast', after: 'others', roles: [] },
      { kind: 'preset', name: 'Fantasy', after: 'stuck', roles: [main, RoleId.parse('guard')] },
      { kind: 'story', name: 'The Lighthouse', after: 'stuck', roles: [main] },
    ],
  })
  const { user } = show(bridge)
  await user.click(await screen.findByRole('button', { name: 'More for key home' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  const dialog = await screen.findByRole('dialog', { name: 'Delete key “home”?' })
  const groups = within(dialog).getAllByRole('list')
  expect(groups.map(({ parentElement }) => parentElement?.textContent)).toEqual([
    'These lose their last key, and work again once you choose another one in them:preset “Fantasy”: main and guardstory “The Lighthouse”: main',
    'These go on with their other keys:reusable settings “Fast”',
  ])
  expect(within(dialog).queryByText('Nothing uses it.')).toBeNull()
  await expectNoAxeViolations()
})

test('a key is deleted only after a yes', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.list': () => [token()],
    'tokens.users': () => [],
    'tokens.delete': () => ({}),
  })
  const { user } = show(bridge)
  await user.click(await screen.findByRole('button', { name: 'More for key home' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  const dialog = await screen.findByRole('dialog', { name: 'Delete key “home”?' })
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(bridge.inputsOf('tokens.delete')).toEqual([])
  await user.click(screen.getByRole('button', { name: 'More for key home' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(bridge.inputsOf('tokens.delete')).toEqual([{ id: token().id }]))
})

test('a secret that was typed is nowhere on the page once it is stored', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.list': () => [token()],
    'tokens.replaceSecret': () => token(),
  })
  const { user } = show(bridge)
  await user.click(await screen.findByRole('button', { name: 'More for key home' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Replace the key' }))
  const dialog = await screen.findByRole('dialog')
  await user.type(within(dialog).getByLabelText('Key', { selector: 'input' }), SECRET)
  await user.click(within(dialog).getByRole('button', { name: 'Replace the key' }))
  expect(await screen.findByText('Key “home” is replaced')).toBeTruthy()
  const values = [...document.querySelectorAll('input')].map(({ value }) => value)
  expect([document.body.innerHTML, ...values].some((text) => text.includes(SECRET))).toBe(false)
})

test('what a check found of credit and limit stays beside the key', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.list': () => [token()],
    'tokens.check': () => ({ models: 300, creditLeft: 4.2, creditLimit: 10, latencyMs: 5 }),
  })
  const { user } = show(bridge)
  await user.click(await screen.findByRole('button', { name: 'Check key home' }))
  expect(await screen.findByText(/never used · 300 models · \$4\.2 of \$10 left/)).toBeTruthy()
})
