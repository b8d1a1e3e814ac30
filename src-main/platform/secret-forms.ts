/** Shorter pieces of base64 turn up in ordinary text by chance. */
const SHORTEST_BASE64 = 6

/** Every way in which a secret may stand in a text: as it is, escaped for JSON or an address, or inside base64. */
export function secretForms(secret: string): string[] {
  const json = jsonEscaped(secret)
  return [secret, json, jsonEscaped(json), ...addressForms(secret), ...base64Forms(secret)]
}

const jsonEscaped = (text: string): string => JSON.stringify(text).slice(1, -1)

function addressForms(secret: string): string[] {
  const component = new URLSearchParams({ '': secret }).toString().slice(1)
  const strict = component.replaceAll('+', '%20')
  const lenient = encodeURIComponent(Buffer.from(secret, 'utf8').toString('utf8'))
  return [component, strict, lenient].flatMap((form) => [form, lowerCaseHex(form)])
}

const lowerCaseHex = (text: string): string => text.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())

/**
 * A secret inside longer base64 (as in basic auth, which encodes `user:secret`) may begin at any of three places in a
 * group of 3 bytes. For each, these are the characters that depend on the secret alone.
 */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const forms = [0, 1, 2].map((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url')
    const firstOwn = Math.ceil((before * 8) / 6)
    const lastOwn = Math.floor(((before + bytes.length) * 8) / 6)
    return shifted.slice(firstOwn, lastOwn)
  })
  const whole = bytes.toString('base64')
  return [whole, ...forms.filter((form) => form.length >= SHORTEST_BASE64)].flatMap((form) => [
    form,
    form.replaceAll('-', '+').replaceAll('_', '/'),
    form.replaceAll('+', '-').replaceAll('/', '_'),
  ])
}
