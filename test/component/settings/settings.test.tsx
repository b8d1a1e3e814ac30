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

test('what turns sent is kept within limits that are set here, and forgotten after a yes', async () => {
  let turns = 12
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'turns.room': () => ({ turns, bytes: 3_400_000 }),
    'turns.clear': () => {
      turns = 0
      bridge.changed('turns')
      return {}
    },
    'preferences.set': () => new Promise(() => {}),
  })
  const { user } = renderWith(bridge, <SettingsScreen />)
  expect(await screen.findByText('12 turns take 3.4 MB now.')).toBeTruthy()
  const most = screen.getByRole('textbox', { name: 'Turns to keep' })
  await user.clear(most)
  await user.type(most, '3')
  await user.tab()
  // Fewer than ten would be no record at all.
  expect(bridge.inputsOf('preferences.set')).toEqual([{ turnsKept: 10 }])
  await user.click(screen.getByRole('button', { name: 'Clear now…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Forget the details of all turns?' })
  expect(bridge.inputsOf('turns.clear')).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Forget the details' }))
  expect(await screen.findByText(/^0 turns take/)).toBeTruthy()
})
