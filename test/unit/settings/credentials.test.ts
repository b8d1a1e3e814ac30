import { describe, expect, it } from 'vitest'
import { ExtraHeaders } from '@contract/entities/provider'
import { looksLikeCredential } from '@contract/headers'

describe('a header or a body field', () => {
  it.each([
    'api-key',
    'Api_Key',
    'apikey',
    'X_Auth_Token',
    'X-Access-Token',
    'Ocp-Apim-Subscription-Key',
    'xi-api-key',
    'PRIVATE-TOKEN',
    'X-Secret',
    'clientSecret',
    'access_token',
    'accessToken',
    'CF-Access-Client-Secret',
    'password',
    'X-Amz-Security-Token',
    'key',
    'token',
  ])('called %s looks like a credential', (name) => {
    expect(looksLikeCredential(name, 'whatever it is')).toBe(true)
  })

  it.each([
    ['X-Custom', 'Bearer abcdefgh12345678'],
    ['note', 'sk-abcdefghijklmnop1234'],
    ['x', 'AIzaSyA-abcdefghijklmnop1234'],
  ])('%s with a key in it looks like one', (name, value) => {
    expect(looksLikeCredential(name, value)).toBe(true)
  })

  it.each<[string, unknown]>([
    ['max_tokens', '100'],
    ['min_tokens', 5],
    ['ban_eos_token', 'yes'],
    ['ban_eos_token', true],
    ['prompt_cache_key', 'story-1'],
    ['Idempotency-Key', 'abc'],
    ['key', 3],
    ['token', ''],
    ['X-Title', 'Fabula'],
    ['monkey', 'banana'],
    ['author', 'A. Writer'],
    ['keyboard', 'qwerty'],
    ['stop', 'sk-'],
  ])('%s: %j does not', (name, value) => {
    expect(looksLikeCredential(name, value)).toBe(false)
  })
})

describe('an extra header', () => {
  it.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'Connection',
    'TE',
    'Trailer',
    'Upgrade',
    'Expect',
    'Keep-Alive',
  ])('that belongs to the connection is refused: %s', (name) => {
    expect(ExtraHeaders.safeParse({ [name]: 'x' }).success).toBe(false)
  })

  it.each(['naïve', 'тест', 'a\u0000b', 'a\nb', '\u007f', 'emoji 🙂', ' lead', 'trail '])(
    'with a value that HTTP cannot carry is refused: %j',
    (value) => {
      expect(ExtraHeaders.safeParse({ 'X-Title': value }).success).toBe(false)
    }
  )

  it.each(['', 'Fabula', 'a b\tc', '~!@#$%^&*()'])('with any other value is taken: %j', (value) => {
    expect(ExtraHeaders.safeParse({ 'X-Title': value }).data).toEqual({ 'X-Title': value })
  })
})
