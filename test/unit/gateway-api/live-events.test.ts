import { expect, it } from 'vitest'
import type { AnyEvent } from '@contract/events'
import { FabulaError } from '@contract/errors'
import { toApiError } from '@main/gateway/error-answers'
import { liveEvents, type Delta } from '@main/gateway/api/live-events'

/** Something that runs, followed by a reader who takes one event at a time. */
function followed(read: () => Promise<{ over: boolean }>) {
  const listeners = new Set<(event: AnyEvent) => void>()
  let said: 'changed' | Delta | null = null
  const revoking = new AbortController()
  const ends: boolean[] = []
  const response = liveEvents(
    {
      subscribe: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      toApiError: () => toApiError(new FabulaError('not_found', 'It is gone', { details: { path: 'id' } })),
    },
    {
      name: 'thing',
      read,
      isOver: ({ over }) => over,
      news: () => said,
      toApi: (thing) => thing,
      signal: revoking.signal,
      ended: (left) => ends.push(left),
    }
  )
  const reader = response.body?.getReader()
  if (!reader) throw new Error('There is no body')
  return {
    listeners,
    revoking,
    ends,
    reader,
    say: (news: 'changed' | Delta | null) => {
      said = news
      for (const listener of listeners) listener({ name: 'storage.reopened', payload: {} })
    },
    next: async () => {
      const { value } = await reader.read()
      return value ? new TextDecoder().decode(value).trim().split('\n') : null
    },
  }
}
const delta = (offset: number, text: string, index = 0): Delta => ({ try: index, kind: 'text', offset, text })

it('what waits for a slow reader is joined where it goes on, and kept apart where it does not', async () => {
  let over = false
  const { say, next, listeners, ends } = followed(async () => ({ over }))
  expect(await next()).toEqual(['event: thing', 'data: {"over":false}'])
  for (const [index, word] of ['a', 'b', 'c'].entries()) say(delta(index, word))
  say(delta(0, 'anew', 1))
  say(null)
  expect(await next()).toEqual(['event: delta', `data: ${JSON.stringify(delta(0, 'abc'))}`])
  expect(await next()).toEqual(['event: delta', `data: ${JSON.stringify(delta(0, 'anew', 1))}`])
  over = true
  say('changed')
  expect(await next()).toEqual(['event: end', 'data: {"over":true}'])
  expect(await next()).toBeNull()
  expect(listeners.size).toBe(0)
  expect(ends).toEqual([false])
})

it('a reader that leaves is followed no more', async () => {
  const { reader, next, listeners, ends } = followed(async () => ({ over: false }))
  await next()
  expect(listeners.size).toBe(1)
  await reader.cancel()
  expect(listeners.size).toBe(0)
  expect(ends).toEqual([true])
})

it('what goes while it is followed ends the stream with the reason', async () => {
  let isThere = true
  const { say, next } = followed(async () => {
    if (!isThere) throw new Error('gone')
    return { over: false }
  })
  await next()
  isThere = false
  say('changed')
  const [event, data = ''] = (await next()) ?? []
  expect([event, JSON.parse(data.slice('data: '.length))]).toMatchObject([
    'event: error',
    { error: { code: 'not_found' } },
  ])
  expect(await next()).toBeNull()
})

it('a key that is revoked ends the stream with the reason', async () => {
  const { revoking, next, listeners, ends } = followed(async () => ({ over: false }))
  await next()
  revoking.abort(new Error('The key was revoked'))
  expect((await next())?.[0]).toBe('event: error')
  expect(await next()).toBeNull()
  expect([listeners.size, ends]).toEqual([0, [true]])
})
