import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { SettingsScreen } from '@renderer/features/settings/SettingsScreen'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, ready } from '@test/component/sample-data'

test('says where the data lives, which version it is and how keys are kept', async () => {
  renderWith(createInMemoryBridge(emptyApp), <SettingsScreen />)
  expect(await screen.findByText('/home/vera/fabula')).toBeTruthy()
  expect(screen.getByText(/0\.1\.0/)).toBeTruthy()
  expect(await screen.findByText('System keychain · open')).toBeTruthy()
  await expectNoAxeViolations()
})

test('a choice shows at once and is saved', async () => {
  const bridge = createInMemoryBridge({ ...emptyApp, 'preferences.set': () => new Promise(() => {}) })
  const { user } = renderWith(bridge, <SettingsScreen />)
  await user.click(await screen.findByRole('radio', { name: 'Dark' }))
  expect(screen.getByRole('radio', { name: 'Dark' })).toHaveProperty('checked', true)
  expect(bridge.inputsOf('preferences.set')).toEqual([{ theme: 'dark' }])
})

test('the vault is reset only after a yes that says what is lost', async () => {
  const bridge = createInMemoryBridge({ ...emptyApp, 'vault.reset': () => ({ ...ready, state: 'empty', kind: null }) })
  const { user } = renderWith(bridge, <SettingsScreen />)
  await user.click(await screen.findByRole('button', { name: 'Reset…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Reset the vault?' })
  expect(within(dialog).getByText(/must be pasted again/)).toBeTruthy()
  expect(bridge.inputsOf('vault.reset')).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Forget the keys' }))
  await waitFor(() => expect(bridge.inputsOf('vault.reset')).toEqual([{ confirm: true }]))
})

test('a locked vault says why and is unlocked by its passphrase', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'vault.status': () => ({ state: 'locked', kind: 'passphrase', reason: 'vault_locked', keychainAvailable: false }),
    'vault.unlock': () => ({ ...ready, kind: 'passphrase' }),
  })
  const { user } = renderWith(bridge, <SettingsScreen />)
  expect(await screen.findByText('Passphrase · locked')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Unlock' }))
  const dialog = await screen.findByRole('dialog', { name: 'Unlock the key vault' })
  await user.type(within(dialog).getByLabelText('Passphrase', { selector: 'input' }), 'four quiet words')
  await user.click(within(dialog).getByRole('button', { name: 'Unlock' }))
  await waitFor(() => expect(bridge.inputsOf('vault.unlock')).toEqual([{ passphrase: 'four quiet words' }]))
})
