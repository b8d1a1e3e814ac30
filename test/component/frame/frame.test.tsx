import { spotlight } from '@mantine/spotlight'
import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { defaultPreferences } from '@contract/entities/preferences'
import { FabulaError } from '@contract/errors'
import { setBridge } from '@renderer/api/bridge'
import { followChanges } from '@renderer/api/changes'
import { createQueryClient } from '@renderer/api/queries'
import { App } from '@renderer/app/App'
import { loadStart } from '@renderer/app/start'
import { notifyError } from '@renderer/components/notify'
import { useConnection } from '@renderer/stores/ui-connection'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations } from '@test/component/render'
import { emptyApp, status, storySummary } from '@test/component/sample-data'

async function start(handlers: Handlers = {}) {
  const bridge = createInMemoryBridge({ ...emptyApp, ...handlers })
  setBridge(bridge)
  const client = createQueryClient()
  followChanges(client)
  const { i18n } = await loadStart(client)
  render(<App client={client} i18n={i18n} />)
  return { bridge, user: userEvent.setup() }
}

beforeEach(() => {
  spotlight.close()
  useConnection.getState().setConnected(true)
  window.location.hash = '#/settings'
})

test('someone new starts at the guide, everyone else at their stories', async () => {
  window.location.hash = ''
  await start()
  await waitFor(() => expect(window.location.hash).toBe('#/guide'))
})

test('someone with stories does not see the guide', async () => {
  window.location.hash = ''
  await start({ 'stories.list': () => [storySummary], 'stories.count': () => 1 })
  await waitFor(() => expect(window.location.hash).toBe('#/stories'))
})

test('a change that comes while the first frame is prepared is shown', async () => {
  const before = { ...defaultPreferences, guideDone: true }
  let now = before
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'preferences.get': () => {
      const answer = now
      if (answer === before) {
        now = { ...before, language: 'ru' }
        bridge.changed('preferences')
      }
      return answer
    },
  })
  setBridge(bridge)
  const client = createQueryClient()
  followChanges(client)
  const { i18n } = await loadStart(client)
  render(<App client={client} i18n={i18n} />)
  await waitFor(() => expect(document.documentElement.lang).toBe('ru'))
})

test('what the frame shows is asked together with what the first picture needs, and once', async () => {
  let answer: (given: typeof status) => void = () => {}
  const answered = new Promise<typeof status>((resolve) => {
    answer = resolve
  })
  const bridge = createInMemoryBridge({ ...emptyApp, 'app.status': () => answered })
  setBridge(bridge)
  const client = createQueryClient()
  const starting = loadStart(client)
  const asked = () => bridge.inputsOf('stories.list').length + bridge.inputsOf('vault.status').length
  await waitFor(() => expect(asked()).toBe(2))
  answer(status)
  const { i18n } = await starting
  render(<App client={client} i18n={i18n} />)
  await screen.findByRole('link', { name: 'Stories' })
  expect(asked()).toBe(2)
})

test('the rail folds to icons, keeps its names for screen readers, and remembers it', async () => {
  const { bridge, user } = await start()
  await user.click(await screen.findByRole('button', { name: 'Collapse sidebar' }))
  expect(screen.getByRole('button', { name: 'Expand sidebar' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Stories' })).toBeTruthy()
  expect(bridge.inputsOf('preferences.set')).toEqual([{ railCollapsed: true }])
  await expectNoAxeViolations()
})

test('language and theme change while the app runs, and the page says so', async () => {
  const { user } = await start()
  await user.click(await screen.findByRole('radio', { name: 'Русский' }))
  expect(await screen.findByRole('heading', { name: 'Настройки' })).toBeTruthy()
  expect(document.documentElement.lang).toBe('ru')
  await user.click(screen.getByRole('radio', { name: 'Тёмная' }))
  await waitFor(() => expect(document.documentElement.dataset['mantineColorScheme']).toBe('dark'))
})

test('the palette opens by the physical key, also on a Cyrillic layout, and goes to a story', async () => {
  const { user } = await start({
    'stories.list': () => [storySummary],
  })
  await screen.findByRole('heading', { name: 'Settings' })
  window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyK', key: 'л', ctrlKey: true }))
  await user.type(await screen.findByRole('textbox', { name: 'Go to or do…' }), 'light')
  await expectNoAxeViolations()
  await user.click(await screen.findByRole('button', { name: storySummary.title }))
  await waitFor(() => expect(window.location.hash).toBe(`#/stories/${storySummary.id}`))
})

test('a data folder that cannot be written is said in a banner with what to do, and the app stays usable', async () => {
  await start({
    'app.status': () => ({
      ...status,
      storageProblem: {
        code: 'storage_readonly',
        message: 'EROFS',
        details: { folder: '/mnt/usb/fabula' },
        retryable: false,
      },
    }),
  })
  expect(await screen.findByText('Nothing can be saved: the data folder is read-only.')).toBeTruthy()
  expect(screen.getByText(/may not write to \/mnt\/usb\/fabula/)).toBeTruthy()
  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy()
  await expectNoAxeViolations()
})

test('a data folder that can be written again is opened by "Retry", and every page asks anew', async () => {
  const full = { code: 'storage_full', message: 'ENOSPC', details: { folder: '/mnt/usb' }, retryable: true } as const
  let problem: typeof full | null = full
  const { bridge, user } = await start({
    'app.status': () => ({ ...status, storageProblem: problem }),
    'storage.reopen': () => problem,
  })
  const what = 'Nothing can be saved: the disk is full.'
  await user.click(await screen.findByRole('button', { name: 'Retry' }))
  await waitFor(() => expect(screen.getAllByText(what)).toHaveLength(2))
  problem = null
  await user.click(screen.getByRole('button', { name: 'Retry' }))
  expect(await screen.findByText('Saving works again')).toBeTruthy()
  const asked = bridge.inputsOf('preferences.get').length
  act(() => bridge.emit({ name: 'storage.reopened', payload: {} }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull())
  expect(bridge.inputsOf('preferences.get').length).toBeGreaterThan(asked)
})

test('a file with stories that is gone is replaced by an empty one only when the user says so', async () => {
  const gone = {
    code: 'database_missing',
    message: '',
    details: { path: '/d/fabula.sqlite' },
    retryable: false,
  } as const
  const { bridge, user } = await start({
    'app.status': () => ({ ...status, storageProblem: gone }),
    'storage.reopen': () => null,
  })
  expect(await screen.findByText(/Stories were kept in \/d\/fabula.sqlite/)).toBeTruthy()
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: 'Start with no stories' }))
  await waitFor(() => expect(bridge.inputsOf('storage.reopen')).toEqual([{ empty: true }]))
})

test('damage that the check of the database found is said, though everything can be used', async () => {
  const details = { path: '/d/fabula.sqlite', reason: 'row 3 missing' }
  await start({
    'app.status': () => ({
      ...status,
      storageDamage: { code: 'database_damaged', message: '', details, retryable: false },
    }),
  })
  expect(await screen.findByText('The file with your stories is damaged.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull()
})

test('keys that are locked because nothing can be saved are not said beside the reason', async () => {
  window.location.hash = '#/stories'
  await start({
    'app.status': () => ({
      ...status,
      storageProblem: { code: 'database_damaged', message: '', details: { path: '/d' }, retryable: false },
    }),
    'vault.status': () => ({ state: 'locked', kind: null, reason: 'internal', keychainAvailable: false }),
  })
  expect(await screen.findByText('The file with your stories is damaged.')).toBeTruthy()
  expect(screen.queryByText(/internal error/)).toBeNull()
})

test('locked keys are said quietly, with a way to open them', async () => {
  const { user } = await start({
    'vault.status': () => ({ state: 'locked', kind: 'passphrase', reason: 'vault_locked', keychainAvailable: false }),
  })
  expect(await screen.findByText(/The key vault is locked: until/)).toBeTruthy()
  await user.click(screen.getAllByRole('button', { name: 'Unlock' })[0] ?? document.body)
  expect(await screen.findByRole('dialog', { name: 'Unlock the key vault' })).toBeTruthy()
})

test('a server that went away is said until it is back', async () => {
  await start()
  await screen.findByRole('heading', { name: 'Settings' })
  useConnection.getState().setConnected(false)
  expect(await screen.findByText(/Fabula is not answering/)).toBeTruthy()
  useConnection.getState().setConnected(true)
  await waitFor(() => expect(screen.queryByText(/Fabula is not answering/)).toBeNull())
})

test('the app starts and says so when main does not answer', async () => {
  const gone = () => {
    throw new Error('gone')
  }
  await start({ 'preferences.get': gone, 'app.status': gone })
  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy()
  expect(defaultPreferences.theme).toBe('system')
})

test('the cross of a notice has a name, in the language the app changes to while it is there', async () => {
  const { user } = await start()
  await screen.findByRole('heading', { name: 'Settings' })
  act(() => notifyError(new FabulaError('storage_full', 'No room')))
  expect(await screen.findByRole('button', { name: 'Close' })).toBeTruthy()
  await user.click(screen.getByRole('radio', { name: 'Русский' }))
  expect(await screen.findByRole('button', { name: 'Закрыть' })).toBeTruthy()
})

test('a question mark shows the keyboard shortcuts, but not where it is typed', async () => {
  const { user } = await start()
  await screen.findByRole('heading', { name: 'Settings' })
  act(() => spotlight.open())
  await user.type(await screen.findByRole('textbox', { name: 'Go to or do…' }), '?')
  expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull()
  act(() => spotlight.close())
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Go to or do…' })).toBeNull())
  await user.keyboard('?')
  const list = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  expect(list.textContent).toContain('Go to or do anythingCtrl K')
  await expectNoAxeViolations()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull())
})

test('the palette takes a configuration in and out, wherever the user is', async () => {
  const { user } = await start({
    'files.export': () => ({ fileName: 'all.fabula.json', text: '{}' }),
    'modelConfigs.list': () => [],
  })
  await screen.findByRole('heading', { name: 'Settings' })
  act(() => spotlight.open())
  expect(await screen.findByRole('button', { name: 'Import from a file' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Export to a file' }))
  expect(await screen.findByRole('dialog', { name: 'Export to a file' })).toBeTruthy()
})

test('the palette undoes the last import as long as there is one', async () => {
  const last = { undoId: 'undo-1', fileName: 'noir.json', files: 1, importedAt: '2026-01-01T00:00:00.000Z' }
  let undone = false
  const { user, bridge } = await start({
    'files.lastImport': () => (undone ? null : last),
    'files.undo': () => {
      undone = true
      return {}
    },
  })
  await screen.findByRole('heading', { name: 'Settings' })
  act(() => spotlight.open())
  await user.click(await screen.findByRole('button', { name: 'Undo the import of noir.json' }))
  expect(await screen.findByText('The import is undone.')).toBeTruthy()
  expect(bridge.inputsOf('files.undo')).toEqual([{ undoId: 'undo-1' }])
  act(() => bridge.changed('presets'))
  act(() => spotlight.open())
  await waitFor(() => expect(screen.queryByRole('button', { name: /Undo the import/ })).toBeNull())
})

test('an error does not follow to another screen', async () => {
  const { user } = await start()
  await screen.findByRole('heading', { name: 'Settings' })
  act(() => notifyError(new FabulaError('name_taken', 'Taken', { details: { name: 'Fog', path: '' } })))
  expect(await screen.findByText('The name “Fog” is taken.')).toBeTruthy()
  await user.click(screen.getByRole('link', { name: 'Usage' }))
  await waitFor(() => expect(screen.queryByText('The name “Fog” is taken.')).toBeNull())
})
