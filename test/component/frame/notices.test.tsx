import { act, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { defaultPreferences } from '@contract/entities/preferences'
import { FabulaError } from '@contract/errors'
import { clearErrors, notifyError, notifyUndo } from '@renderer/components/notify'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { renderWith } from '@test/component/render'

test('an error goes with the screen it came from; what can be taken back stays', async () => {
  renderWith(createInMemoryBridge({}), null)
  act(() => {
    notifyError(new FabulaError('storage_full', 'No room'))
    notifyUndo({ text: 'Deleted', undo: () => {} })
  })
  expect(await screen.findByRole('button', { name: 'Copy details' })).toBeTruthy()
  act(() => clearErrors())
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Copy details' })).toBeNull())
  expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy()
})

const placeOf = (name: string) =>
  screen.getByRole('button', { name }).closest('[data-position]')?.getAttribute('data-position')

test.each([
  ['in a tall window', '(min-height: 720px)', false, 'bottom-left'],
  ['in a low one', 'none', false, 'top-center'],
  ['beside a folded rail', '(min-height: 720px)', true, 'top-center'],
])('what can be taken back covers nothing that is pressed, %s', async (_, fits, railCollapsed, place) => {
  const media = window.matchMedia
  vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
    Object.assign(media(query), query === fits ? { matches: true } : {})
  )
  renderWith(createInMemoryBridge({ 'preferences.get': () => ({ ...defaultPreferences, railCollapsed }) }), null)
  act(() => notifyUndo({ text: 'Deleted', undo: () => {} }))
  await screen.findByRole('button', { name: 'Undo' })
  await waitFor(() => expect(placeOf('Undo')).toBe(place))
  act(() => notifyError(new FabulaError('storage_full', 'No room')))
  await screen.findByRole('button', { name: 'Copy details' })
  expect(placeOf('Copy details')).toBe('top-center')
  vi.restoreAllMocks()
})
