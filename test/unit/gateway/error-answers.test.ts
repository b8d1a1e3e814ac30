import { describe, expect, it } from 'vitest'
import { errorCodes, FabulaError, type ErrorShape } from '@contract/errors'
import { ApiError } from '@main/gateway/api-error'
import { toApiError } from '@main/gateway/error-answers'

const heard = (code: ErrorShape['code'], details: ErrorShape['details'] = {}, retryable = false) =>
  toApiError(FabulaError.from({ code, message: 'secret internals at /home/ann', details, retryable }))

describe('a failure as a program hears it', () => {
  it.each(errorCodes)('%s has a status, a code and words without a gap', (code) => {
    const error = heard(code)
    expect(error.status).toBeGreaterThanOrEqual(400)
    expect(error.status).toBeLessThan(600)
    const { message, type } = error.toBody().error
    expect(message).toMatch(/^\S.{10,}[.”]$/s)
    expect(message).not.toMatch(/undefined|\{\{|null|secret internals|\/home/)
    expect(type).toBe(
      error.status >= 500 ? 'server_error' : error.status === 429 ? error.type : 'invalid_request_error'
    )
  })

  it.each([
    ['model_not_found', {}, 404, 'model_not_found'],
    ['role_without_model', { role: 'main' }, 404, 'model_not_found'],
    ['model_disabled', { model: 'llama', provider: 'Ollama' }, 403, 'model_disabled'],
    ['provider_context_exceeded', { provider: 'A', model: 'm', limit: 8192 }, 400, 'context_length_exceeded'],
    ['provider_refused', { provider: 'A' }, 400, 'content_filter'],
    ['provider_payment_required', { provider: 'A' }, 429, 'insufficient_quota'],
    ['provider_rate_limited', { provider: 'A' }, 429, 'rate_limit_exceeded'],
    ['provider_unauthorized', { provider: 'A' }, 502, 'provider_unauthorized'],
    ['provider_unreachable', { provider: 'A' }, 502, 'provider_unreachable'],
    ['provider_overloaded', { provider: 'A' }, 503, 'provider_overloaded'],
    ['provider_timed_out', { provider: 'A' }, 504, 'provider_timed_out'],
    ['vault_locked', {}, 503, 'vault_locked'],
    ['internal', {}, 500, 'internal'],
  ] as const)('%s with %j is %i %s', (code, details, status, said) => {
    expect(heard(code, details)).toMatchObject({ status, code: said })
  })

  it('tells the seconds to wait, and whether to ask again at all', () => {
    const limited = heard('provider_rate_limited', { provider: 'A', seconds: 41 }, true)
    expect(limited.toHeaders()).toEqual({ 'retry-after': '41', 'x-should-retry': 'true' })
    const spent = heard('provider_payment_required', { provider: 'A', seconds: 41 }, true)
    expect(spent.type).toBe('insufficient_quota')
    expect(spent.toHeaders()).toEqual({ 'x-should-retry': 'false' })
  })

  it('tells apart why no key can be used: a rest, spent credit, or a key that was refused', () => {
    const none = (reason: string, retryable: boolean, seconds?: number) =>
      heard('token_none_usable', { provider: 'A', names: [], reason, ...(seconds ? { seconds } : {}) }, retryable)
    expect(none('cooling', true, 30)).toMatchObject({ status: 429, code: 'rate_limit_exceeded', retryAfter: 30 })
    expect(none('exhausted', false)).toMatchObject({ status: 429, code: 'insufficient_quota', retryable: false })
    expect(none('invalid', false)).toMatchObject({ status: 503, code: 'token_none_usable', retryable: false })
  })

  it('has the shape of OpenAI, and nothing else', async () => {
    const response = new ApiError(400, 'invalid_value', 'No.', { param: 'n' }).toResponse()
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.json()).toEqual({
      error: { message: 'No.', type: 'invalid_request_error', param: 'n', code: 'invalid_value' },
    })
  })
})
