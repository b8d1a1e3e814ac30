import { act, render, screen, waitFor } from '@testing-library/react'
import { Suspense, useState } from 'react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { lazyScreen, preloadWhenIdle } from '@renderer/app/lazy-screen'

function Page({ name }: { name: string }) {
  const [count, setCount] = useState(0)
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      {name} {count}
    </button>
  )
}

test('a screen whose files are there is shown at once, without the fallback', async () => {
  const Screen = lazyScreen(async () => Page)
  await Screen.preload()
  render(
    <Suspense fallback="Loading">
      <Screen name="Stories" />
    </Suspense>
  )
  expect(screen.getByRole('button', { name: 'Stories 0' })).toBeTruthy()
})

test('a screen whose files come while it is awaited keeps what it holds when it is drawn again', async () => {
  const Screen = lazyScreen(async () => Page)
  const view = (name: string) => (
    <Suspense fallback="Loading">
      <Screen name={name} />
    </Suspense>
  )
  const { rerender } = render(view('Stories'))
  expect(screen.getByText('Loading')).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: 'Stories 0' }))
  await act(() => Screen.preload())
  rerender(view('All stories'))
  expect(screen.getByRole('button', { name: 'All stories 1' })).toBeTruthy()
})

test('files are fetched one after the other, until one cannot be fetched', async () => {
  const fetched: string[] = []
  const named = (name: string, works = true) => ({
    preload: async () => {
      fetched.push(name)
      if (!works) throw new Error('offline')
    },
  })
  preloadWhenIdle([named('stories'), named('writing'), named('usage', false), named('never')])
  await waitFor(() => expect(fetched).toEqual(['stories', 'writing', 'usage']))
})

test('files are no longer fetched once the window is gone', async () => {
  const fetched: string[] = []
  let stop = () => {}
  const named = (name: string, then = () => {}) => ({
    preload: async () => {
      fetched.push(name)
      then()
    },
  })
  const ended = new Promise<void>((resolve) => {
    stop = preloadWhenIdle([
      named('stories', () => {
        stop()
        resolve()
      }),
      named('writing'),
    ])
  })
  await ended
  const later = new Promise((resolve) => preloadWhenIdle([named('usage', () => resolve(undefined))]))
  await later
  expect(fetched).toEqual(['stories', 'usage'])
})
