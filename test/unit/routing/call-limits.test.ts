import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { limitWholeCall, startLimits } from '@main/routing/call-limits'

const provider = { name: 'Fake', local: false }
const never = () => new AbortController().signal

describe('the limits of a call', () => {
  const end = (reason: string) => ({
    code: 'provider_timed_out',
    retryable: true,
    details: { provider: 'Fake', reason, seconds: 0.001 },
  })

  it('end an attempt of which nothing comes', async () => {
    const limits = startLimits(never(), { firstTokenMs: 1 }, provider)
    await once(limits.signal, 'abort')
    expect(limits.signal.reason).toMatchObject(end('first_token'))
    limits.end()
  })

  it('end the whole call, counted from its first attempt on, whatever came meanwhile', async () => {
    const whole = limitWholeCall(never(), 1, 'Fake')
    expect(whole.leftMs()).toBe(1)
    whole.begin()
    const limits = startLimits(whole.signal, { firstTokenMs: 3_600_000 }, provider)
    limits.onActivity()
    await once(limits.signal, 'abort')
    expect(limits.signal.reason).toMatchObject(end('total'))
    limits.end()
    whole.end()
  })

  it('of the whole call say how much of it is left, and do not begin anew with the next attempt', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const whole = limitWholeCall(never(), 5000, 'Fake')
    whole.begin()
    vi.advanceTimersByTime(2000)
    whole.begin()
    expect(whole.leftMs()).toBe(3000)
    vi.advanceTimersByTime(3000)
    expect(whole.signal.aborted).toBe(true)
    const endless = limitWholeCall(never(), undefined, 'Fake')
    endless.begin()
    expect(endless.leftMs()).toBe(Infinity)
    expect(vi.getTimerCount()).toBe(0)
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
    const limits = startLimits(never(), { firstTokenMs: 1000 }, provider)
    const whole = limitWholeCall(never(), 2000, 'Fake')
    whole.begin()
    limits.onActivity()
    limits.end()
    whole.end()
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
