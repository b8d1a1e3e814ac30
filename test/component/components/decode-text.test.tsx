import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '@contract/decode-text'

const TEXT = '{"name":"Ночь над болотом, ёлка"}'

/** Windows-1251 of ASCII and Russian letters. */
const windows1251 = (text: string) =>
  Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0)
    if (letter === 'ё') return 0xb8
    return code < 0x80 ? code : code - 0x410 + 0xc0
  })
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), littleEndian)
  return new Uint8Array(view.buffer)
}

describe('the bytes of a text file', () => {
  it.each([
    ['UTF-8', utf8(TEXT), 'utf-8'],
    ['UTF-8 with a mark', utf8(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16, as Notepad writes it', utf16(`\ufeff${TEXT}`, true), 'utf-16le'],
    ['UTF-16, the other way round', utf16(`\ufeff${TEXT}`, false), 'utf-16be'],
    ['UTF-16 without a mark', utf16(TEXT, true), 'utf-16le'],
    ['UTF-16 without a mark, the other way round', utf16(TEXT, false), 'utf-16be'],
    ['Windows-1251', windows1251(TEXT), 'windows-1251'],
  ])('are recognised: %s', (_, bytes, encoding) => {
    expect(decodeText(bytes)).toEqual({ text: TEXT, encoding })
  })

  it('are damaged where most of them are good UTF-8 and some are not', () => {
    const bytes = utf8(TEXT)
    bytes[12] = 0xff
    expect(decodeText(bytes)).toBeNull()
  })

  it('are read as they were written, also with the sign for what is broken in them', () => {
    expect(decodeText(utf8('{"name":"a \ufffd b"}'))).toEqual({ text: '{"name":"a \ufffd b"}', encoding: 'utf-8' })
  })

  it('are read as they were written, whatever the text', () => {
    // No JSON has a bare 0 in it: after the first sign it means UTF-16.
    const text = fc.string({ unit: 'binary' }).filter((one) => !one.startsWith('\0'))
    fc.assert(
      fc.property(text, (text) => {
        expect(decodeText(utf8(`{${text}`))?.text).toBe(`{${text}`)
        expect(decodeText(utf16(`\ufeff{${text}`, true))?.text).toBe(`{${text}`)
      })
    )
  })
})
