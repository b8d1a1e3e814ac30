import { describe, expect, it } from 'vitest'
import type { ErrorCode, ErrorShape } from '@contract/errors'
import { createTroubles } from '@main/features/templates/batch-troubles'

const error = (code: ErrorCode, more: Partial<ErrorShape> = {}): ErrorShape => ({
  code,
  message: code,
  details: {},
  retryable: false,
  ...more,
})

const NEW = { complete: 0, invalid: 0 }

describe('a failure of one row', () => {
  it('that every row would meet pauses the batch at once', () => {
    for (const code of [
      'provider_unauthorized',
      'provider_payment_required',
      'vault_locked',
      'template_undefined',
    ] as const)
      expect(createTroubles(NEW).judge(error(code))).toMatchObject({ kind: 'pause', error: { code } })
  })

  it('of its own fails the row, until ten follow one another without an answer between them', () => {
    const troubles = createTroubles(NEW)
    const fail = (times: number) =>
      Array.from({ length: times }, () => troubles.judge(error('provider_server_failed')).kind)
    expect(new Set(fail(9))).toEqual(new Set(['row']))
    troubles.answered({ state: 'complete', tries: [] })
    expect(fail(10)).toEqual([...Array.from({ length: 9 }, () => 'row'), 'pause'])
  })

  it('that passes is waited for, as long as the provider says, but not for long', () => {
    const limited = (seconds: number) => error('provider_rate_limited', { retryable: true, details: { seconds } })
    expect(createTroubles(NEW).judge(limited(30))).toEqual({ kind: 'rest', ms: 30_000 })
    expect(createTroubles(NEW).judge(limited(3600)).kind).toBe('pause')
    const troubles = createTroubles(NEW)
    const kinds = Array.from({ length: 10 }, () => troubles.judge(limited(1)).kind)
    expect(kinds.at(-1)).toBe('pause')
    expect(createTroubles(NEW).judge(error('token_none_usable')).kind).toBe('pause')
  })
})

describe('an answer that does not have the form', () => {
  const answer = (state: 'complete' | 'invalid', path = '/age') => ({
    state,
    tries: [
      {
        answer: '{}',
        reasoning: '',
        problems:
          state === 'complete' ? [] : [{ path, keyword: 'type' as const, expected: {}, got: null, message: '' }],
        cut: false,
        provider: 'Fake',
        model: 'm',
        tokenName: null,
        inputTokens: null,
        outputTokens: null,
        cost: null,
        firstTokenMs: null,
        totalMs: 1,
        error: null,
      },
    ],
  })
  const afterAll = (before: Parameters<typeof createTroubles>[0], paths: readonly string[]) => {
    const troubles = createTroubles(before)
    return paths.map((path) => troubles.answered(answer(path === '' ? 'complete' : 'invalid', path)))
  }
  const times = (count: number, path = '/age') => Array.from({ length: count }, () => path)

  it('asks whether to go on after the first ten, and says where all of them are wrong', () => {
    const troubles = afterAll(NEW, times(10))
    expect(troubles.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => null))
    expect(troubles[9]).toMatchObject({
      kind: 'pause',
      error: { code: 'batch_none_fits', details: { count: 10, path: '/age' } },
    })
    expect(afterAll(NEW, [...times(9), '/name'])[9]).toMatchObject({ error: { details: { count: 10 } } })
    expect(afterAll(NEW, [...times(9), '/name'])[9]).not.toHaveProperty('error.details.path')
    // Where it was cut off after four, six more are enough.
    expect(afterAll({ complete: 0, invalid: 4 }, times(6))[5]).toMatchObject({ kind: 'pause' })
  })

  it('asks nothing where one fits, nor once more when the user went on', () => {
    const none = (troubles: readonly unknown[]) => expect(troubles.filter(Boolean)).toEqual([])
    none(afterAll(NEW, [...times(9), '', ...times(30)]))
    none(afterAll({ complete: 1, invalid: 0 }, times(30)))
    none(afterAll({ complete: 0, invalid: 10 }, times(30)))
  })
})
