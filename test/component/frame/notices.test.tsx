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

test('Escape takes away the newest notice, unless it means something else where it is pressed', async () => {
  const { user } = renderWith(createInMemoryBridge({}), <input aria-label="Name" />)
  act(() => {
    notifyUndo({ text: 'Deleted', undo: () => {} })
    notifyUndo({ text: 'Moved', undo: () => {} })
  })
  await user.type(await screen.findByRole('textbox'), 'x{Escape}')
  expect(screen.getByText('Moved')).toBeTruthy()
  await user.click(document.body)
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByText('Moved')).toBeNull())
  expect(screen.getByText('Deleted')).toBeTruthy()
})

test('the page makes room for the notices at the foot of the window, and the rail for those in it', async () => {
  const sizes = new Map<string | undefined, (height: number) => void>()
  vi.spyOn(window, 'ResizeObserver').mockImplementation(function (tell: ResizeObserverCallback) {
    return {
      observe: (target: Element) => {
        if (!(target instanceof HTMLElement)) return
        sizes.set(target.dataset['position'], (blockSize) => {
          const borderBoxSize = [{ blockSize, inlineSize: 0 }]
          tell(
            [{ target, borderBoxSize, contentBoxSize: [], devicePixelContentBoxSize: [], contentRect: new DOMRect() }],
            this
          )
        })
      },
      unobserve: () => {},
      disconnect: () => {},
    }
  })
  renderWith(createInMemoryBridge({}), null)
  act(() => notifyError(new FabulaError('storage_full', 'No room')))
  const notice = await screen.findByRole('alert')
  expect(notice.closest('[data-position]')?.getAttribute('data-position')).toBe('bottom-center')
  sizes.get('bottom-center')?.(47.5)
  sizes.get('bottom-left')?.(81)
  const { style } = document.documentElement
  expect(style.getPropertyValue('--fab-notices')).toBe('48px')
  expect(style.getPropertyValue('--fab-rail-notices')).toBe('81px')
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
