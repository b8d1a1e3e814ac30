import { act, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { defaultPreferences } from '@contract/entities/preferences'
import { FabulaError } from '@contract/errors'
import { clearErrors, notifyError, notifyUndo } from '@renderer/components/notify'
import { useRoomInRail } from '@renderer/app/use-rail'
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

function Room() {
  return <output>{useRoomInRail() ? 'room' : 'none'}</output>
}

test.each([
  ['in a tall window', '(min-height: 720px)', false, 'room'],
  ['in a low one', 'none', false, 'none'],
  ['in a folded rail', '(min-height: 720px)', true, 'none'],
])(
  'notices have room in the rail, where they cover nothing that is pressed: %s',
  async (_, fits, railCollapsed, room) => {
    const media = window.matchMedia
    vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
      Object.assign(media(query), query === fits ? { matches: true } : {})
    )
    renderWith(createInMemoryBridge({ 'preferences.get': () => ({ ...defaultPreferences, railCollapsed }) }), <Room />)
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe(room))
    vi.restoreAllMocks()
  }
)
