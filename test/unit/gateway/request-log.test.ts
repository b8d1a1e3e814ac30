import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { GatewayRequest } from '@contract/entities/gateway'
import { createRequestLog } from '@main/features/gateway/request-log'
import { systemClock } from '@main/platform/clock'
import { createEventHub } from '@main/platform/event-hub'

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-03-04T12:00:00.000Z') }))
afterEach(() => void vi.useRealTimers())

function logAndEvents() {
  const events = createEventHub()
  const told: (readonly GatewayRequest[])[] = []
  events.subscribe(({ name, payload }) => {
    if (name === 'gateway.requests') told.push(payload.requests)
  })
  return { log: createRequestLog({ events, clock: systemClock }), told }
}
const post = { method: 'POST', path: '/v1/chat/completions' }

describe('the list of requests', () => {
  it('tells of each what became known, the newest first', () => {
    const { log } = logAndEvents()
    const first = log.begin(post)
    first.note({ keyName: 'My editor', model: 'preset/Gothic/main' })
    log.begin({ method: 'GET', path: '/v1/models' }).end({ status: 200 })
    vi.advanceTimersByTime(1234)
    first.end({ status: 200, attempts: 2, inputTokens: 10, outputTokens: 5, cost: 0.01 })
    first.note({ status: 500 })
    first.end({ status: 500 })
    expect(log.list()).toMatchObject([
      { number: 2, method: 'GET', path: '/v1/models', status: 200, durationMs: 0 },
      {
        number: 1,
        at: '2026-03-04T12:00:00.000Z',
        keyName: 'My editor',
        model: 'preset/Gothic/main',
        status: 200,
        attempts: 2,
        cost: 0.01,
        durationMs: 1234,
      },
    ])
  })

  it('keeps the last thousand', () => {
    const { log } = logAndEvents()
    const first = log.begin(post)
    for (let count = 0; count < 10_500; count += 1) log.begin(post)
    first.end({ status: 200 })
    const numbers = log.list().map(({ number }) => number)
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([1000, 10_501, 9502])
  })

  it('keeps no more of a text than fits into a line', () => {
    const { log } = logAndEvents()
    log.begin({ method: 'GET', path: `/${'x'.repeat(10_000)}` }).note({ model: '\ud800'.repeat(1000) })
    const [request] = log.list()
    expect(request?.path).toHaveLength(300)
    expect(request?.model).toMatch(/^\ufffd+$/)
  })
})

it('the window is told at most four times a second, of each request as it is then', () => {
  const { log, told } = logAndEvents()
  for (let count = 0; count < 100; count += 1) log.begin(post).end({ status: 200 })
  const last = log.begin(post)
  expect(told).toEqual([])
  vi.advanceTimersByTime(250)
  expect(told.map((requests) => requests.length)).toEqual([101])
  last.note({ model: 'one' })
  last.end({ status: 404 })
  vi.advanceTimersByTime(10_000)
  expect(told.map((requests) => requests.length)).toEqual([101, 1])
  expect(told[1]).toMatchObject([{ number: 101, model: 'one', status: 404 }])
})
