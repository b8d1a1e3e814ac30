import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Update } from '@contract/entities/update'
import { UpdateBanner } from '@renderer/app/UpdateBanner'
import { SettingsScreen } from '@renderer/features/settings/SettingsScreen'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, noUpdate } from '@test/component/sample-data'

/** A main process in which a version is found when it is asked for. */
function appWith(first: Update) {
  let update = first
  const to = (change: Partial<Update>) => () => {
    update = { ...update, ...change }
    bridge.changed('updates')
    return update
  }
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'updates.get': () => update,
    'updates.check': to({ state: 'found', version: '2.0.0', notes: '- Faster' }),
    'updates.download': to({ state: 'downloading', progress: 0.42 }),
    'updates.install': to({ state: 'waiting' }),
    'updates.later': to({ later: true }),
  })
  return { bridge, to }
}

test('a newer version is looked for, read about and downloaded in the settings', async () => {
  const { bridge, to } = appWith(noUpdate)
  const { user } = renderWith(bridge, <SettingsScreen />)
  await user.click(await screen.findByRole('button', { name: 'Check now' }))
  expect(await screen.findByText('Fabula 2.0.0 is available.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'What’s new' }))
  const notes = await screen.findByRole('dialog', { name: 'What’s new in 2.0.0' })
  expect(within(notes).getByText('- Faster')).toBeTruthy()
  await user.click(within(notes).getByRole('button', { name: 'Close' }))
  await user.click(screen.getByRole('button', { name: 'Download' }))
  expect(await screen.findByText('Downloading 2.0.0: 42%')).toBeTruthy()
  expect(bridge.inputsOf('updates.install')).toEqual([])
  to({ state: 'ready' })()
  await user.click(await screen.findByRole('button', { name: 'Restart and install' }))
  expect(await screen.findByText(/will be installed as soon as nothing is being written/)).toBeTruthy()
  await expectNoAxeViolations()
})

test('nobody is asked while it is switched off', async () => {
  const { bridge } = appWith(noUpdate)
  bridge.answer({ 'preferences.set': () => new Promise(() => {}) })
  const { user } = renderWith(bridge, <SettingsScreen />)
  await user.click(await screen.findByRole('switch', { name: 'Look for newer versions' }))
  expect(bridge.inputsOf('preferences.set')).toEqual([{ checkUpdates: false }])
  expect(screen.getByText('Fabula does not look for newer versions.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Check now' })).toHaveProperty('disabled', true)
})

test('where Fabula cannot replace itself, it says what to do instead', async () => {
  renderWith(appWith({ ...noUpdate, can: 'copy' }).bridge, <SettingsScreen />)
  expect(await screen.findByText(/unpack a newer one over it/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Check now' })).toBeNull()
})

test('the banner tells of it until it is put off', async () => {
  const { bridge } = appWith({ ...noUpdate, state: 'found', version: '2.0.0' })
  const { user } = renderWith(bridge, <UpdateBanner />)
  expect(await screen.findByText('Fabula 2.0.0 is available. You have 0.1.0.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Not now' }))
  await waitFor(() => expect(screen.queryByText(/is available/)).toBeNull())
})

test('the licences of all that is shipped can be found by name and read', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'app.licences': () => [
      { name: 'hono', version: '4.1.0', licence: 'MIT', text: 'Do as you like' },
      { name: 'zod', version: '4.6.7', licence: 'MIT', text: '' },
    ],
  })
  const { user } = renderWith(bridge, <SettingsScreen />)
  await user.click(await screen.findByRole('button', { name: 'Show licences' }))
  const dialog = await screen.findByRole('dialog', { name: 'Licences' })
  expect(await within(dialog).findByText('2 packages')).toBeTruthy()
  await user.type(within(dialog).getByRole('searchbox'), 'HO')
  expect(within(dialog).getByText('1 package')).toBeTruthy()
  await user.click(within(dialog).getByText(/hono/))
  expect(await within(dialog).findByText('Do as you like')).toBeTruthy()
  await expectNoAxeViolations()
})
