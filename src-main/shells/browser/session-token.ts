import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** The secret of one run of the browser shell: who has it is the user who started it. */
export interface SessionToken {
  text: string
  /** In constant time. */
  matches(given: string | undefined): boolean
}

export function createSessionToken(): SessionToken {
  const text = randomBytes(32).toString('base64url')
  const digest = (value: string) => createHash('sha256').update(value).digest()
  const own = digest(text)
  return { text, matches: (given) => given !== undefined && timingSafeEqual(digest(given), own) }
}
