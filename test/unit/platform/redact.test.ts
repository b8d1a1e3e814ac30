import { createRedactor } from '@main/platform/redact'
import { keyForms } from '@test/helpers/key-forms'
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

  const KEY = 'Kx-9_v/Qz+ 7&"\\ü4Tq'

  /** None of it may be kept, and nothing around it may go. */
  it.each(keyForms(KEY))('is taken out %s', (_name, form) => {
    const redactor = createRedactor()
    redactor.add(KEY)
    const redacted = redactor.redact(`Your key ${form} is wrong.`)
    expect(redacted).toMatch(/^Your key .{0,2}\[redacted\].{0,2} is wrong\.$/)
  })

  it.each([
    ['as it is', KEY.slice(0, 12)],
    ['in base64', Buffer.from(KEY).toString('base64').slice(0, 14)],
    [
      'in the middle of an escape',
      Array.from(KEY, (one) => `\\u00${one.charCodeAt(0).toString(16)}`)
        .join('')
        .slice(0, 76),
    ],
  ])('is taken out where the end of the text cuts it off %s', (_name, form) => {
    const redactor = createRedactor()
    redactor.add(KEY)
    expect(redactor.redact(`Your key ${form}`)).toBe('Your key [redacted]')
  })

  it('is taken out where it begins with what reads as the end of an escape', () => {
    const redactor = createRedactor()
    redactor.add('41-secret')
    redactor.add('u0041\\nsecret')
    expect(redactor.redact('%41-secret')).toBe('%[redacted]')
    expect(redactor.redact('\\u0041\\nsecret')).toBe('\\[redacted]')
  })

  it('leaves a text alone that only ends like the first letters of it', () => {
    const redactor = createRedactor()
    redactor.add('stormy-night-7')
    expect(redactor.redact('It was a stormy')).toBe('It was a stormy')
  })

  it('is looked for in one pass, also among hundreds of keys', () => {
    const redactor = createRedactor()
    for (let index = 0; index < 300; index += 1) redactor.add(`sk-or-v1-${index}-${'0123456789abcdef'.repeat(3)}`)
    const text = 'The lamp burned low, sk-or-v1-, and 50% of &amp; \\u0041. '.repeat(3000)
    const started = performance.now()
    expect(redactor.redact(text)).toContain('The lamp')
    // A quadratic search would take minutes.
    expect(performance.now() - started).toBeLessThan(10_000)
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
