import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inlineImage } from '@main/providers/kit/images'

describe('an image in a request', () => {
  it('is what stands behind the head of its URL, padded or not, whatever white space is in it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const base64 = Buffer.from(bytes).toString('base64')
        const wrapped = base64.replaceAll(/.{4}/g, '$&\n')
        expect(inlineImage(`data:image/PNG;base64,${wrapped}`)).toEqual({ mediaType: 'image/png', base64 })
        const bare = base64.replace(/=+$/, '')
        expect(inlineImage(`data:image/png;charset=utf-8;base64,${bare}`)?.base64).toBe(bare)
      })
    )
  })

  it.each([
    'https://example.org/a.png',
    'data:image/png,%89PNG',
    'data:text/html;base64,aGk=',
    'data:image/png;base64,',
    'data:image/png;base64,====',
    'data:image/png;base64,AAAAA',
    'data:image/png;base64,AA=',
    'data:image/png;base64,AA=A',
    'data:image/png;base64,<svg>',
  ])('is none: %s', (url) => {
    expect(inlineImage(url)).toBeNull()
  })

  it('may be large', () => {
    expect(inlineImage(`data:image/png;base64,${'iVBORw0KGgo'.repeat(2 ** 20)}`)).not.toBeNull()
  })
})
