import { createKnownSecrets } from './known-secrets'

/** Takes secrets out of text that is about to be kept or to leave Fabula: an error, a log, a file. */
export interface Redactor {
  /**
   * From now on this secret is taken out wherever and however it stands: in any case, escaped, in hex, in base64, or with
   * its end cut off by the end of the text. Shorter than 4 characters, it is ignored.
   */
  add(secret: string): void
  /** Takes out every known secret, and what looks like one. */
  redact(text: string): string
  /** Takes out known secrets alone: for names and ids, which may look like a key and be none (`hf-inference`). */
  redactKnown(text: string): string
}

export const REDACTED = '[redacted]'

/** Below this, taking a secret out would punch holes into ordinary words and so tell what it is. */
const SHORTEST_SECRET = 4

/**
 * What looks like a secret although nobody registered it. Each pattern's first group, if it has one, stays. They are
 * written so that a long text cannot make them slow: every repetition ends at the first character it does not take.
 */
const patterns: readonly RegExp[] = [
  // Authorization: Bearer …, "x-api-key": "…", api_key=…
  /((?:authorization|api[-_ ]?key|set-cookie|cookie)["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|api-key|key|token)\s{1,4})?)[^\s"',;&]{4,}/gi,
  /(\b(?:bearer|api-key)\s{1,4})[^\s"',;]{8,}/gi,
  // The keys of OpenAI, OpenRouter, Anthropic, Groq, Hugging Face, xAI and others.
  /\b(?:sk|pk|rk|gsk|hf|xai|pplx|r8)[-_][A-Za-z0-9_-]{8,}/g,
  // A key of Fabula's own gateway.
  /\bfab-[A-Za-z0-9]{40,}/g,
  /\bAIza[A-Za-z0-9_-]{20,}/g,
  /\bAQVN[A-Za-z0-9_-]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?/g,
  // ?key=… in an address
  /([?&](?:[a-z_-]{0,40}key|[a-z_-]{0,40}token|[a-z_-]{0,40}secret|password|signature|sig|code|code_verifier)=)[^&#\s"'<>]+/gi,
  // https://user:password@host
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'<>]+@/gi,
]

export function createRedactor(): Redactor {
  const known = createKnownSecrets()
  const redactKnown = (text: string) => {
    let clean = ''
    let done = 0
    for (const { from, to } of known.spansIn(text)) {
      clean += text.slice(done, from) + REDACTED
      done = to
    }
    return clean + text.slice(done)
  }
  return {
    add(secret) {
      if (secret.length >= SHORTEST_SECRET) known.add(secret)
    },
    redactKnown,
    redact: (text) => patterns.reduce(takeOut, redactKnown(text)),
  }
}

const takeOut = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (whole: string, kept: unknown) => {
    const before = typeof kept === 'string' ? kept : ''
    return `${before}${REDACTED}${whole.endsWith('@') ? '@' : ''}`
  })
