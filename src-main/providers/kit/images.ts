import type { ChatMessage } from '@main/providers/spec/chat'

/** An image that a request carries itself. */
export interface InlineImage {
  /** `image/png` */
  mediaType: string
  /** Without white space. */
  base64: string
}

const HEAD = /^data:(image\/[\w.+-]+)(?:;[\w-]+=[^;,]*)*;base64,/i
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/

/** What a `data:` URL holds; null for everything that is no image in base64. */
export function inlineImage(url: string): InlineImage | null {
  const head = HEAD.exec(url)
  if (!head) return null
  const base64 = url.slice(head[0].length).replaceAll(/\s/g, '')
  return base64 !== '' && BASE64.test(base64) ? { mediaType: (head[1] ?? '').toLowerCase(), base64 } : null
}

/** The addresses of a message's images. */
export const imagesOf = ({ content }: ChatMessage): string[] =>
  content === null || typeof content === 'string'
    ? []
    : content.flatMap((part) => (part.type === 'image' ? [part.url] : []))
