import { describe, expect, it } from 'vitest'
import { ProviderError, type ErrorCode } from '@contract/errors'
import type { Usage } from '@main/providers/spec/chat'
import { ProviderFailure } from '@main/providers/spec/failure'
import { countAttempt } from '@main/routing/attempt-count'

const SEVEN = 'I am a text of 7 tokens.'
const about = (): Usage => ({ inputTokens: 100, outputTokens: 0, cost: null })
const counts = (inputTokens: number | null, outputTokens: number | null, cost: number | null = null): Usage => ({
  inputTokens,
  outputTokens,
  cost,
})
const failure = (code: ErrorCode, more: { status?: number; reason?: string } = {}) =>
  new ProviderFailure(code, code, {
    details: { provider: 'Fake', ...(more.reason === undefined ? {} : { reason: more.reason }) },
    ...(more.status === undefined ? {} : { status: more.status }),
  })

/** An attempt whose request has gone out. */
function sent(likely = about) {
  const count = countAttempt()
  count.sent(likely)
  return count
}

describe('an attempt that ended before its answer did', () => {
  it('took what was sent and what was written until then', () => {
    const count = sent()
    count.wrote(SEVEN)
    const taken = { inputTokens: 100, outputTokens: 7, cost: null, estimated: true }
    expect(count.broken(new Error('stopped'), true)).toEqual(taken)
    expect(count.broken(failure(ProviderError.ServerFailed, { status: 500 }), false)).toEqual(taken)
  })

  it('took what the provider had counted, and what came after that', () => {
    const count = sent()
    count.counted(counts(40, 1))
    expect(count.broken(failure(ProviderError.BrokeOff), false)).toEqual({ ...counts(40, 1), estimated: false })
    count.wrote(SEVEN)
    expect(count.broken(failure(ProviderError.BrokeOff), false)).toEqual({ ...counts(40, 8), estimated: true })
    count.counted(counts(null, 9, 0.5))
    expect(count.broken(failure(ProviderError.BrokeOff), false)).toEqual({ ...counts(40, 9, 0.5), estimated: false })
  })

  it.each([
    ['was stopped', new Error('stopped'), true],
    ['gave no first word in time', failure(ProviderError.TimedOut, { reason: 'first_token' }), false],
    ['had an answer without a word', failure(ProviderError.EmptyAnswer), false],
    ['was declined by the model', failure(ProviderError.Refused), false],
  ])('took what was sent where it %s', (_name, error, stopped) => {
    expect(sent().broken(error, stopped)).toEqual({ ...counts(100, 0), estimated: true })
  })

  it.each([
    ['reached nobody', failure(ProviderError.Unreachable)],
    ['could not connect in time', failure(ProviderError.TimedOut, { reason: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['was not let in', failure(ProviderError.Unauthorized, { status: 401 })],
    ['was turned away by a filter', failure(ProviderError.Refused, { status: 403 })],
    ['met an error of our own', new TypeError('x is not a function')],
  ])('took nothing where it %s', (_name, error) => {
    expect(sent().broken(error, false)).toBeNull()
  })

  it('took nothing where it was stopped before it was sent', () => {
    expect(countAttempt().broken(new Error('stopped'), true)).toBeNull()
  })

  it('took the price of a sound that was on its way', () => {
    const count = sent(() => ({ ...counts(null, null), byPrice: 0.02 }))
    expect(count.broken(new Error('stopped'), true)).toEqual({ ...counts(null, null), byPrice: 0.02, estimated: true })
  })
})

describe('a whole answer', () => {
  it('took what the provider says, and nothing is reckoned for it', () => {
    const count = sent(() => {
      throw new Error('Nobody needs an estimate')
    })
    count.wrote(SEVEN)
    count.counted(counts(40, 8))
    expect(count.whole()).toEqual({ ...counts(40, 8), estimated: false })
  })

  it('took about so much where the provider does not count', () => {
    const count = sent()
    count.wrote(SEVEN)
    count.counted(counts(null, null))
    expect(count.whole()).toEqual({ ...counts(100, 7), estimated: true })
  })

  it('that is vectors has nothing written to count', () => {
    const count = sent()
    count.counted(counts(40, null))
    expect(count.whole()).toEqual({ ...counts(40, 0), estimated: false })
  })
})
