import { createRedactor } from '@main/platform/redact'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Everything a key may be made of (`Secret` in the contract). */
const secrets = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  minLength: 8,
  maxLength: 60,
})

describe('a registered secret', () => {
  it('is taken out as it is, JSON-escaped, URL-encoded and in base64, and the rest stays', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const redactor = createRedactor()
        redactor.add(secret)
        const bytes = Buffer.from(secret)
        const forms = [
          secret,
          JSON.stringify(secret),
          JSON.stringify({ body: JSON.stringify({ key: secret }) }),
          encodeURIComponent(secret),
          new URLSearchParams({ q: secret }).toString(),
          bytes.toString('base64'),
          bytes.toString('base64url'),
        ]
        for (const form of forms) {
          const redacted = redactor.redact(`«${form}»`)
          expect(redacted).toMatch(/^«.*»$/)
          expect(redacted).not.toContain(form)
          expect(redacted).not.toContain(secret)
        }
      })
    )
  })

  it.each(['', 'u', 'us', 'user:'])('is taken out of longer base64, wherever it begins in it: %j', (before) => {
    const secret = 'plain-looking-key'
    const redactor = createRedactor()
    redactor.add(secret)
    const encoded = Buffer.from(`${before}${secret}:after`).toString('base64')
    const left = redactor.redact(`sent ${encoded}`).replace('[redacted]', '')
    expect(Buffer.from(left.slice(5), 'base64').toString('latin1')).not.toMatch(/plain|looking|key/)
    expect(left.length).toBeLessThan(25)
  })

  it('is taken out whole when it begins like another one', () => {
    const redactor = createRedactor()
    redactor.add('abcdef')
    redactor.add('abcdef-ghijkl')
    expect(redactor.redact('x abcdef-ghijkl y abcdef z')).toBe('x [redacted] y [redacted] z')
  })

  it('is read as text, not as a pattern', () => {
    const redactor = createRedactor()
    redactor.add('a.c*(d')
    expect(redactor.redact('abc a.c*(d')).toBe('abc [redacted]')
  })

  it('is ignored when it is so short that it stands in ordinary words', () => {
    const redactor = createRedactor()
    redactor.add('e')
    redactor.add('')
    expect(redactor.redact('the text')).toBe('the text')
  })
})

describe('what looks like a secret', () => {
  it.each([
    ['using sk-or-v1-0123456789abcdef now', 'using [redacted] now'],
    ['Bearer abcdefgh12345', 'Bearer [redacted]'],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic [redacted]'],
    ['{"authorization":"Bearer abc.def"}', '{"authorization":"Bearer [redacted]"}'],
    ['authorization: Api-Key AQVNabcdef', 'authorization: Api-Key [redacted]'],
    ['Api-Key AQVNabcdef', 'Api-Key [redacted]'],
    ['"x-api-key": "abcdef"', '"x-api-key": "[redacted]"'],
    ['x-goog-api-key=abcdef', 'x-goog-api-key=[redacted]'],
    ['GET https://h/v1?key=abc&model=m', 'GET https://h/v1?key=[redacted]&model=m'],
    ['https://h/cb?code=abc#x', 'https://h/cb?code=[redacted]#x'],
    ['https://h/?access_token=abc', 'https://h/?access_token=[redacted]'],
    ['http://user:p@ss@localhost:11434/api', 'http://[redacted]@localhost:11434/api'],
    ['gsk_0123456789abcdefghij', '[redacted]'],
    ['AIzaSyA0123456789_0123456789-0123456789', '[redacted]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-_', '[redacted]'],
  ])('is taken out: %s', (text, redacted) => {
    expect(createRedactor().redact(text)).toBe(redacted)
  })

  it.each([
    'The bearer of the ring came to task-force seven.',
    'POST https://openrouter.ai/api/v1/chat/completions failed with 401',
    'mail me@example.com about sk-SK and a keyboard',
    'provider_unauthorized: the provider refused the key',
    '018f3c1e-7b1a-7c3e-9d7e-2f1f6a1b2c3d',
    'https://example.com/@author/story?page=2&sort=key',
  ])('and what does not stays: %s', (text) => {
    expect(createRedactor().redact(text)).toBe(text)
  })

  it('is found in one pass, however long and repetitive the text is', () => {
    const redactor = createRedactor()
    const hostile = ['a.', 'a-', '?', '&key', 'http://', 'bearer ', 'authorization:', 'eyJ', 'sk-', 'cookie = ']
    for (const piece of hostile) {
      const text = piece.repeat(200_000 / piece.length)
      expect(redactor.redact(`${text} sk-0123456789`).endsWith('[redacted]')).toBe(true)
    }
  })
})
