import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Backup } from '@contract/entities/backup'
import { setBridge } from '@renderer/api/bridge'
import { StorageBanner } from '@renderer/app/StorageBanner'
import { startAnewWhenRestored } from '@renderer/app/restored'
import { BackupsSection } from '@renderer/features/settings/BackupsSection'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, status } from '@test/component/sample-data'

const backup = (day: number, more: Partial<Backup> = {}): Backup => ({
  id: `fabula-2026-11-${day}T10-00-00-000Z-daily.sqlite`,
  at: `2026-11-${day}T10:00:00.000Z`,
  reason: 'daily',
  bytes: 4_700_000,
  version: 34,
  state: 'ready',
  ...more,
})
const appWith = (backups: Backup[], handlers: Handlers = {}) => {
  let left = backups
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'backups.list': () => ({ folder: '/home/vera/backups', backups: left }),
    'backups.restore': () => null,
    'backups.make': () => {
      const made = backup(25, { reason: 'hand' })
      left = [made, ...left]
      bridge.changed('backups')
      return made
    },
    'backups.delete': ({ id }) => {
      left = left.filter((one) => one.id !== id)
      bridge.changed('backups')
      return {}
    },
    ...handlers,
  })
  return bridge
}
const rows = () => within(screen.getByRole('list', { name: 'Backups' })).getAllByRole('listitem')

test('backups are listed with when and why they were made, and one is restored only after a question', async () => {
  const bridge = appWith([
    backup(24, { reason: 'kept', state: 'newer', version: 99 }),
    backup(23, { reason: 'update' }),
    backup(22, { state: 'damaged', version: null }),
  ])
  const { user } = renderWith(bridge, <BackupsSection />)
  expect(await screen.findByText('could not be used, put aside · 4.7 MB · format 99')).toBeTruthy()
  expect(screen.getByText('before an update · 4.7 MB · format 34')).toBeTruthy()
  expect(screen.getByText('Damaged: it cannot be restored.')).toBeTruthy()
  expect(screen.getByText('/home/vera/backups')).toBeTruthy()
  await expectNoAxeViolations()
  // Neither the newer nor the damaged one.
  expect(screen.getAllByRole('button', { name: /^Restore/ })).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: /^Restore the backup of Nov 23, 2026/ }))
  const question = await screen.findByRole('dialog')
  expect(within(question).getByText(/goes to the backups first/)).toBeTruthy()
  expect(bridge.inputsOf('backups.restore')).toEqual([])
  await user.click(within(question).getByRole('button', { name: 'Restore' }))
  await waitFor(() => expect(bridge.inputsOf('backups.restore')).toEqual([{ id: backup(23).id }]))
})

test('one is made by hand and deleted, and many are folded', async () => {
  const bridge = appWith([])
  const { user } = renderWith(bridge, <BackupsSection />)
  expect(await screen.findByText(/No backup yet/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Back up now' }))
  expect(await screen.findByText(/made by hand/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: /^Delete the backup of/ }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }))
  expect(await screen.findByText(/No backup yet/)).toBeTruthy()
  expect(bridge.inputsOf('backups.delete')).toEqual([{ id: backup(25).id }])
})

test('more than five are shown when they are asked for', async () => {
  const { user } = renderWith(appWith([20, 19, 18, 17, 16, 15, 14].map((day) => backup(day))), <BackupsSection />)
  await user.click(await screen.findByRole('button', { name: 'Show all 7 backups' }))
  expect(rows()).toHaveLength(7)
  expect(screen.queryByRole('button', { name: /^Show all/ })).toBeNull()
})

const damage = {
  code: 'database_damaged',
  message: '',
  details: { path: '/d/fabula.sqlite' },
  retryable: false,
} as const

test.each(['storageProblem', 'storageDamage'] as const)(
  'a damaged file (%s) brings an offer of the newest backup that can be used',
  async (where) => {
    const bridge = appWith(
      [
        backup(25, { reason: 'kept' }),
        backup(24, { reason: 'restore' }),
        backup(23, { state: 'damaged' }),
        backup(22),
        backup(21),
      ],
      { 'app.status': () => ({ ...status, [where]: damage }) }
    )
    const { user } = renderWith(bridge, <StorageBanner />)
    await user.click(await screen.findByRole('button', { name: /^Restore the backup of Nov 22, 2026/ }))
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(bridge.inputsOf('backups.restore')).toEqual([{ id: backup(22).id }]))
    await expectNoAxeViolations()
  }
)

test('a damaged file without any backup says that there is none, and a full disk offers none', async () => {
  renderWith(appWith([], { 'app.status': () => ({ ...status, storageProblem: damage }) }), <StorageBanner />)
  expect(await screen.findByText('There is no backup to restore.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Restore/ })).toBeNull()
})

test('a backup that could not be made is said quietly', async () => {
  const backupProblem = {
    code: 'backup_no_room',
    message: '',
    details: { megabytes: 300, folder: '/d' },
    retryable: true,
  } as const
  renderWith(appWith([], { 'app.status': () => ({ ...status, backupProblem }) }), <StorageBanner />)
  expect(await screen.findByText(/The daily backup could not be made. There is no room/)).toBeTruthy()
})

test('a restored backup loads the page anew, at the stories', () => {
  const bridge = appWith([])
  setBridge(bridge)
  const reload = vi.fn<() => void>()
  const end = startAnewWhenRestored(reload)
  window.location.hash = '#/settings'
  bridge.emit({ name: 'storage.reopened', payload: {} })
  expect(reload).not.toHaveBeenCalled()
  bridge.emit({ name: 'storage.restored', payload: {} })
  expect([reload.mock.calls.length, window.location.hash]).toEqual([1, '#/stories'])
  end()
})
