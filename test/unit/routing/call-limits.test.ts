import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
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
    limits.heard()
    await once(limits.signal, 'abort')
    expect(limits.signal.reason).toMatchObject({ details: { reason: 'total' } })
  })

  it('end with the caller, for the reason the caller gives', () => {
    const caller = new AbortController()
    const limits = startLimits(caller.signal, undefined, provider)
    caller.abort(new Error('stop'))
    expect(limits.signal.reason).toMatchObject({ message: 'stop' })
    limits.end()
  })
})
