import type { ChatMessage } from '@main/providers/spec/chat'

/** An image that a request carries itself. */
export interface InlineImage {
  /** `image/png` */
  mediaType: string
  /** Without white space. */
  base64: string
}

const HEAD = /^data:(image\/[\w.+-]+)(?:;[\w-]+=[^;,]*)*;base64,/i
/** Looked for, and not the whole matched: a pattern that repeats itself over a large image runs out of stack. */
const NOT_BASE64 = /[^A-Za-z0-9+/]/

/** What a `data:` URL holds; null for everything that is no image in base64. */
export function inlineImage(url: string): InlineImage | null {
  const head = HEAD.exec(url)
  if (!head) return null
  const base64 = url.slice(head[0].length).replaceAll(/\s/g, '')
  return isBase64(base64) ? { mediaType: (head[1] ?? '').toLowerCase(), base64 } : null
}

/** With its padding, or without any. */
function isBase64(text: string): boolean {
  const digits = text.replace(/={1,2}$/, '')
  const isPadded = digits.length === text.length || text.length % 4 === 0
  return digits !== '' && digits.length % 4 !== 1 && isPadded && !NOT_BASE64.test(digits)
}

/** The addresses of a message's images. */
export const imagesOf = ({ content }: ChatMessage): string[] =>
  content === null || typeof content === 'string'
    ? []
    : content.flatMap((part) => (part.type === 'image' ? [part.url] : []))
