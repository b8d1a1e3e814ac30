import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { abortWith } from '@main/platform/abort-with'

it('a signal that follows another one aborts with it, for the same reason', () => {
  const other = new AbortController()
  const { signal } = abortWith(other.signal)
  expect(signal.aborted).toBe(false)
  other.abort(new Error('enough'))
  expect(signal.reason).toEqual(new Error('enough'))
  expect(abortWith(other.signal).signal.reason).toEqual(new Error('enough'))
})

it('a signal that follows another one may abort alone, and leaves nothing behind when it lets go', () => {
  const other = new AbortController()
  const { controller, signal, letGo } = abortWith(other.signal)
  controller.abort(new Error('mine'))
  expect([signal.aborted, other.signal.aborted]).toEqual([true, false])
  letGo()
  expect(getEventListeners(other.signal, 'abort')).toEqual([])
  other.abort(new Error('late'))
  expect(signal.reason).toEqual(new Error('mine'))
})
