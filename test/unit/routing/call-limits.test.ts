import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startLimits } from '@main/routing/call-limits'

const provider = { name: 'Fake', local: false }
const never = () => new AbortController().signal

describe('the limits of a call', () => {
  it.each([
    ['first_token', { firstTokenMs: 1 }],
    ['total', { totalMs: 1 }],
  ])('end it with the reason %s', async (reason, timeouts) => {
    const limits = startLimits(never(), timeouts, provider)
    await once(limits.signal, 'abort')
    expect(limits.signal.reason).toMatchObject({
      code: 'provider_timed_out',
      retryable: true,
      details: { provider: 'Fake', reason, seconds: 0.001 },
    })
    limits.end()
  })

  it('count no longer for the first token once it has come, but still for the whole', async () => {
    const limits = startLimits(never(), { firstTokenMs: 1, totalMs: 20 }, provider)
    limits.onActivity()
    await once(limits.signal, 'abort')
    expect(limits.signal.reason).toMatchObject({ details: { reason: 'total' } })
  })

  it('end an answer that falls silent, but never sooner than a first token may usually take', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const limits = startLimits(never(), { firstTokenMs: 1000 }, provider)
    for (let piece = 0; piece < 10; piece += 1) {
      limits.onActivity()
      vi.advanceTimersByTime(179_999)
    }
    expect(limits.signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(limits.signal.reason).toMatchObject({
      code: 'provider_timed_out',
      details: { reason: 'idle', seconds: 180 },
    })
  })

  it('stop with the call: no clock goes on', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const limits = startLimits(never(), { firstTokenMs: 1000, totalMs: 2000 }, provider)
    limits.onActivity()
    limits.end()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('end with the caller, for the reason the caller gives', () => {
    const caller = new AbortController()
    const limits = startLimits(caller.signal, undefined, provider)
    caller.abort(new Error('stop'))
    expect(limits.signal.reason).toMatchObject({ message: 'stop' })
    limits.end()
  })
})
