import { describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import { requestFailure } from '@main/providers/kit/failures'
import { readErrorBody } from '@main/providers/kit/error-body'
import { failureCode } from '@main/providers/kit/failure-codes'
import { networkFault } from '@main/providers/kit/network-codes'
import { retryAfterMs } from '@main/providers/kit/retry-after'
import { validateSettings } from '@contract/schema/validate-settings'
import { ProviderFailure } from '@main/providers/spec/failure'
import { connectTo, definitionOf } from '@test/helpers/connect'

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1, 12)
  it.each<[string, Record<string, string>, number | null]>([
    ['is absent', {}, null],
    ['is seconds', { 'retry-after': '20' }, 20_000],
    ['is part of a second', { 'retry-after': '0.5' }, 500],
    ['is a date', { 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }, 30_000],
    ['is a date gone by', { 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
    ['is milliseconds', { 'retry-after-ms': '1500', 'retry-after': '20' }, 1500],
    ['is longer than a day', { 'retry-after': '999999999' }, 86_400_000],
    ['is not a time', { 'retry-after': 'soon' }, null],
    ['is negative', { 'retry-after': '-5' }, null],
  ])('%s', (_name, headers, expected) => {
    expect(retryAfterMs(new Headers(headers), now)).toBe(expected)
  })
})

describe('a failure of the network', () => {
  const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause })
  const withCode = (code: string) => Object.assign(new Error(code), { code })

  it.each([
    ['ECONNREFUSED', ProviderError.Unreachable, true],
    ['ENOTFOUND', ProviderError.Unreachable, true],
    ['EAI_AGAIN', ProviderError.Unreachable, true],
    ['ECONNRESET', ProviderError.Unreachable, true],
    ['UND_ERR_CONNECT_TIMEOUT', ProviderError.TimedOut, true],
    ['UND_ERR_HEADERS_TIMEOUT', ProviderError.TimedOut, true],
    ['ETIMEDOUT', ProviderError.TimedOut, true],
    ['CERT_HAS_EXPIRED', ProviderError.Unreachable, false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', ProviderError.Unreachable, false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', ProviderError.Unreachable, false],
  ])('%s is told by its code, however deep it stands', (code, expected, retryable) => {
    const error = new Error('outer', { cause: fetchFailed(withCode(code)) })
    expect(networkFault(error)).toEqual({ code: expected, reason: code, retryable })
  })

  it('is found when every address of a name failed', () => {
    const cause = new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')])
    expect(networkFault(fetchFailed(cause))?.reason).toBe('ECONNREFUSED')
  })

  it('is not made of a bug: that stays an internal error', () => {
    const failure = requestFailure(
      connectTo('openai', 'http://127.0.0.1:9'),
      new TypeError('x is not a function'),
      new AbortController().signal
    )
    expect(failure).toBeInstanceOf(ProviderFailure)
    expect(failure).toMatchObject({ code: 'internal', retryable: false })
  })
})

describe('checking settings', () => {
  const { samplerSchema, settingsSchema } = definitionOf('openrouter')

  it('finds each wrong value once, by its path', () => {
    const value = {
      temperature: 9,
      stop: ['a', ''],
      seed: 'x',
      logit_bias: { '50256': 'y' },
      colour: 'red',
      top_p: 0.5,
    }
    expect(validateSettings(samplerSchema, value).map((problem) => problem.path)).toEqual([
      '/temperature',
      '/seed',
      '/stop/1',
      '/logit_bias/50256',
      '/colour',
    ])
  })

  it('finds nothing wrong with what is right', () => {
    expect(validateSettings(samplerSchema, { temperature: 2, reasoning_effort: 'high', stop: [] })).toEqual([])
    expect(validateSettings(settingsSchema, { order: ['a'], zdr: true, max_price_prompt: 0.5 })).toEqual([])
  })

  it('checks below a key that no address can spell: half a surrogate pair, as a model or a file may cut it', () => {
    const key = 'ab\ud83d'
    expect(validateSettings(samplerSchema, { logit_bias: { [key]: 1, '50256': -1 } })).toEqual([])
    const problems = validateSettings(samplerSchema, { logit_bias: { [key]: 'y', '50256': 'n' } })
    expect(problems.map(({ path }) => path)).toEqual(['/logit_bias/50256', '/logit_bias/ab\ufffd'])
    // Two such keys read alike; the wrong value must not hide behind the right one.
    const alike = validateSettings(samplerSchema, { logit_bias: { 'a\ud83d': 'y', 'a\ud83e': 1, 'a\ufffd': 1 } })
    expect(alike).toHaveLength(1)
    expect(validateSettings(samplerSchema, { [key]: 1 })).toMatchObject([{ message: 'There is no such setting.' }])
  })

  it('names a key as it is written', () => {
    const problems = validateSettings(samplerSchema, { logit_bias: { 'тень #1': 'y' } })
    expect(problems.map(({ path }) => path)).toEqual(['/logit_bias/тень #1'])
  })

  it('takes a keep-alive that Ollama can read, and no other', () => {
    const { settingsSchema } = definitionOf('ollama')
    const wrong = (keep_alive: string) => validateSettings(settingsSchema, { keep_alive }).length > 0
    expect(['5m', '0', '-1s', '1h30m', '1.5h'].filter(wrong)).toEqual([])
    expect(['5', '-1', 'forever', '', '5 m'].filter((text) => !wrong(text))).toEqual([])
  })
})

/** A wrong row here puts every key of a writer out in one call, or goes on asking with one that was revoked. */
describe('a 403', () => {
  const codeOf = (body: string, asksForKey = false) =>
    failureCode({ status: 403, asksToWait: false, asksForKey }, readErrorBody(body))

  it.each([
    [
      'OpenAI',
      '{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: model.request"}}',
    ],
    ['Anthropic', '{"type":"error","error":{"type":"permission_error","message":"Not yours"}}'],
    ['Google', '{"error":{"code":403,"message":"No","status":"PERMISSION_DENIED"}}'],
    ['Groq', '{"error":{"message":"Invalid API Key","code":"invalid_api_key"}}'],
    ['a proxy', '{"message":"You cannot consume this service: invalid authentication credentials"}'],
    ['LiteLLM', '{"detail":"key_not_allowed: not for this user"}'],
  ])("of %s that speaks of the key is the key's", (_name, body) => {
    expect(codeOf(body)).toBe(ProviderError.Unauthorized)
  })

  it.each([
    ['nothing', ''],
    ['JSON without a reason', '{"error":{"message":"Forbidden","code":403}}'],
    ['Anthropic, for the region', '{"type":"error","error":{"type":"forbidden","message":"Request not allowed"}}'],
    ['OpenAI, for the region', '{"error":{"code":"unsupported_country_region_territory","message":"Not supported"}}'],
    [
      'a region, with a word about rights',
      '{"error":{"type":"permission_error","message":"Not available in your country"}}',
    ],
    ['Cloudflare', '<!DOCTYPE html><title>Just a moment...</title><p>Enter your access key</p>'],
    ['a firewall', 'Access denied by policy 1020'],
    ['Ollama, for a strange origin', '\n'],
  ])('of %s is not', (_name, body) => {
    expect(codeOf(body)).toBe(ProviderError.Blocked)
  })

  it("that asks for a key is the key's, whatever it says", () => {
    expect(codeOf('', true)).toBe(ProviderError.Unauthorized)
  })

  it('about a key whose own limit is spent is about money', () => {
    expect(codeOf('{"error":{"message":"Key limit exceeded (total limit).","code":403}}')).toBe(
      ProviderError.PaymentRequired
    )
  })
})
