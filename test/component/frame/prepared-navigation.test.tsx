import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { preparedNavigation } from '@renderer/app/prepared-navigation'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A place that is prepared when the test says so, and where one has gone to. */
function navigation() {
  const gone: string[] = []
  const ready: Record<string, () => void> = {}
  const go = preparedNavigation((place) =>
    place.startsWith('/stories/') ? new Promise<void>((done) => (ready[place] = done)) : undefined
  )
  const to = (place: string, options: { replace?: boolean } = {}) =>
    go(
      (reached) => {
        gone.push(reached)
        window.location.hash = reached
      },
      place,
      options
    )
  return { to, gone, ready: (place: string) => ready[place]?.() }
}

test('a place that has nothing to read is shown at once', () => {
  const { to, gone } = navigation()
  to('/settings')
  expect(gone).toEqual(['/settings'])
})

test('a place is shown when what it is drawn from is there', async () => {
  const { to, gone, ready } = navigation()
  to('/stories/1')
  await vi.advanceTimersByTimeAsync(50)
  expect(gone).toEqual([])
  ready('/stories/1')
  await vi.advanceTimersByTimeAsync(0)
  expect(gone).toEqual(['/stories/1'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(gone).toEqual(['/stories/1'])
})

test('a place whose contents do not come is shown after a moment, once', async () => {
  const { to, gone, ready } = navigation()
  to('/stories/1')
  await vi.advanceTimersByTimeAsync(150)
  expect(gone).toEqual(['/stories/1'])
  ready('/stories/1')
  await vi.advanceTimersByTimeAsync(1000)
  expect(gone).toEqual(['/stories/1'])
})

test('of two places the one that was asked for last is shown, whichever is read first', async () => {
  const { to, gone, ready } = navigation()
  to('/stories/1')
  to('/stories/2')
  ready('/stories/2')
  await vi.advanceTimersByTimeAsync(0)
  ready('/stories/1')
  await vi.advanceTimersByTimeAsync(1000)
  expect(gone).toEqual(['/stories/2'])
})

test('whoever went elsewhere meanwhile stays there', async () => {
  const { to, gone, ready } = navigation()
  to('/stories/1')
  to('/settings')
  ready('/stories/1')
  await vi.advanceTimersByTimeAsync(1000)
  expect(gone).toEqual(['/settings'])

  to('/stories/2')
  window.location.hash = '#/usage'
  await vi.advanceTimersByTimeAsync(1000)
  expect(gone).toEqual(['/settings'])
})

test('a redirect does not take away whoever has gone elsewhere since it was decided', async () => {
  const { to, gone } = navigation()
  window.location.hash = '#/stories/1/settings/main'
  to('/stories', { replace: true })
  expect(gone).toEqual([])

  await new Promise((heard) => window.addEventListener('hashchange', heard, { once: true }))
  to('/stories', { replace: true })
  expect(gone).toEqual(['/stories'])
})
