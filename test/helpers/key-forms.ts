/** What a server may make of a key that it repeats, each form with a name. */
export function keyForms(key: string): [name: string, form: string][] {
  const base64 = Buffer.from(key).toString('base64')
  const each = (write: (character: string) => string) => Array.from(key, write).join('')
  const bytes = (write: (byte: string) => string) =>
    Array.from(Buffer.from(key), (byte) => write(byte.toString(16).padStart(2, '0'))).join('')
  const hexOf = (character: string) => (character.codePointAt(0) ?? 0).toString(16)
  const unicode = each((character) => `\\u${hexOf(character).padStart(4, '0')}`)
  return [
    ['as it is', key],
    ['in lower case', key.toLowerCase()],
    ['in upper case', key.toUpperCase()],
    ['in hex', bytes((byte) => byte)],
    ['in upper-case hex', bytes((byte) => byte.toUpperCase())],
    ['with every byte as %XX', bytes((byte) => `%${byte}`)],
    ['with every byte as %XX in upper case', bytes((byte) => `%${byte.toUpperCase()}`)],
    ['with every byte as %25XX', bytes((byte) => `%25${byte}`)],
    ['as a form sends it', new URLSearchParams({ '': key }).toString().slice(1)],
    ['with every byte as \\xXX', bytes((byte) => `\\x${byte}`)],
    ['with every character as \\uXXXX', unicode],
    ['with every character as \\uXXXX inside JSON', inJson(unicode)],
    ['in JSON with slashes escaped', inJson(key).replaceAll('/', '\\/')],
    ['in decimal entities', each((character) => `&#${character.codePointAt(0)};`)],
    ['in hexadecimal entities', each((character) => `&#x${hexOf(character)};`)],
    ['with the entities that HTML needs', key.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['in entities inside JSON', inJson(key.replaceAll('"', '&#34;'))],
    ['in base64', base64],
    ['in base64url', Buffer.from(key).toString('base64url')],
    ['in base64 in lower case', base64.toLowerCase()],
    ['in base64 with slashes escaped', base64.replaceAll('/', '\\/')],
    ['in base64 in an address', encodeURIComponent(base64)],
    ['in the base64 of basic auth', Buffer.from(`writer:${key}`).toString('base64').slice(8)],
  ]
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)
