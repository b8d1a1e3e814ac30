import { decodedText, inOneSpelling, withoutEscapes } from './decoded-text'

/** Shorter pieces of base64 turn up in ordinary text by chance, and so does what is left of shorter escapes. */
const SHORTEST_BASE64 = 6
const SHORTEST_UNESCAPED = 4

/**
 * Every way in which a secret may stand in a decoded text: as it is, with the case of its letters changed, in hex, and
 * inside base64. Escapes are no forms of their own: they are taken off the text.
 */
export function secretForms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  // Bytes have no case beyond ASCII: what a server makes of other letters has to be written out.
  const cases = [secret, secret.toLowerCase(), secret.toUpperCase()]
  const written = [...cases, bytes.toString('hex'), ...base64Forms(bytes)].map(inOneSpelling)
  return [...new Set([...written, ...unescapedForms(secret)])]
}

/** What becomes of a secret that itself reads like escapes (`a%2Fb`), when they are taken off the text around it. */
function unescapedForms(secret: string): string[] {
  const forms: string[] = []
  for (let text = withoutEscapes(decodedText(secret)); text !== null; text = withoutEscapes(text))
    forms.push(text.bytes)
  return forms.filter((form) => form.length >= SHORTEST_UNESCAPED)
}

/**
 * A secret inside longer base64 (as in basic auth, which encodes `user:secret`) may begin at any of three places in a
 * group of 3 bytes. For each, these are the characters that depend on the secret alone.
 */
function base64Forms(bytes: Buffer): string[] {
  const forms = [0, 1, 2].map((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const firstOwn = Math.ceil((before * 8) / 6)
    const lastOwn = Math.floor(((before + bytes.length) * 8) / 6)
    return shifted.slice(firstOwn, lastOwn)
  })
  return [
    bytes.toString('base64'),
    bytes.toString('base64url'),
    ...forms.filter((form) => form.length >= SHORTEST_BASE64),
  ]
}
