/** A name that HTTP knows as one of a header (RFC 9110, token). */
export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)

const CONNECTION =
  /^(host|content-.*|connection|proxy-connection|transfer-encoding|te|trailer|upgrade|expect|keep-alive|accept-encoding|http2-settings|:.*)$/i

/** Headers that belong to the connection: whoever sends the request sets them, and a wrong one breaks it. */
export const isConnectionHeader = (name: string): boolean => CONNECTION.test(name)

/** A value that a header can carry: visible ASCII, with spaces and tabs in between; it may be empty. */
export const isHeaderValue = (value: string): boolean => /^([\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?)?$/.test(value)

/** Headers that are for keys and nothing else. */
export const isAuthHeader = (name: string): boolean =>
  /^(authorization|proxy-authorization|cookie|x-api-key|x-goog-api-key)$/i.test(name)

/** Words that end the names of credentials: `api-key`, `X_Auth_Token`, `clientSecret`. */
const CREDENTIAL =
  /(^|[-_.])((api|access|auth|private|secret|subscription|service|account|client|app|user|session|security|license|master|admin|bearer|id|refresh|csrf|xsrf|jwt|rapidapi|function|functions)[-_]?)?(key|token|jwt|secret|password|passwd|passphrase|credentials?|authorization|cookie|auth)$/i
const JOINED = /(apikey|authtoken|accesstoken|accesskey|secretkey|privatekey|apitoken|authkey)$/i
/** Names that end so and are none: what caches and models call keys and tokens. */
const HARMLESS =
  /(^|[-_.])(cache|idempotency|sort|partition|primary|foreign|prompt_cache|stop|eos|bos|pad|unk|end|start|special|think(ing)?|mask|sep|cls)[-_]?(key|token)$/i
/** Values that are keys whatever their names are: as `Authorization` has them, and with the beginnings that providers give. */
const AUTH_VALUE = /^(bearer|basic|token|key|api-key)\s+\S{8,}$/i
const KEY_VALUE = /^(sk|pk|rk|hf|gsk|xai|ghp|gho|glpat|AIza|AKIA|ya29|eyJ)[-_.A-Za-z0-9]{16,}$/

/**
 * Whether a header or a body field looks like a credential, by its name or its value: those are kept in the vault. Only
 * texts can be: numbers and switches are settings.
 */
export function looksLikeCredential(name: string, value: unknown): boolean {
  if (typeof value !== 'string' || value.trim() === '') return false
  if (AUTH_VALUE.test(value.trim()) || KEY_VALUE.test(value.trim())) return true
  const plain = name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
  return (CREDENTIAL.test(plain) || JOINED.test(name)) && !HARMLESS.test(plain)
}

const COVERED = '••••'

/** What is shown, and stored, in the place of a credential that the vault has: nothing but its end, where it is long. */
export const covered = (secret: string): string => COVERED + (secret.length >= 12 ? secret.slice(-4) : '')

export const isCovered = (value: unknown): boolean => typeof value === 'string' && value.startsWith(COVERED)
