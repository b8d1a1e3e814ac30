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

describe('a failure of one row', () => {
  it('that every row would meet pauses the batch at once', () => {
    for (const code of [
      'provider_unauthorized',
      'provider_payment_required',
      'vault_locked',
      'template_undefined',
    ] as const)
      expect(createTroubles().judge(error(code))).toMatchObject({ kind: 'pause', error: { code } })
  })

  it('of its own fails the row, until ten follow one another without an answer between them', () => {
    const troubles = createTroubles()
    const fail = (times: number) =>
      Array.from({ length: times }, () => troubles.judge(error('provider_server_failed')).kind)
    expect(new Set(fail(9))).toEqual(new Set(['row']))
    troubles.answered()
    expect(fail(10)).toEqual([...Array.from({ length: 9 }, () => 'row'), 'pause'])
  })

  it('that passes is waited for, as long as the provider says, but not for long', () => {
    const limited = (seconds: number) => error('provider_rate_limited', { retryable: true, details: { seconds } })
    expect(createTroubles().judge(limited(30))).toEqual({ kind: 'rest', ms: 30_000 })
    expect(createTroubles().judge(limited(3600)).kind).toBe('pause')
    const troubles = createTroubles()
    const kinds = Array.from({ length: 10 }, () => troubles.judge(limited(1)).kind)
    expect(kinds.at(-1)).toBe('pause')
    expect(createTroubles().judge(error('token_none_usable')).kind).toBe('pause')
  })
})
