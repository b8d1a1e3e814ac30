import type { TextMessage } from '@main/providers/spec/chat'

/** How a message begins that asks for a retelling of what follows its first paragraph. */
const ASKS = /^\s*\[?(?:Retell|Below are|Перескаж|Ниже\s)/u
/** Sentences of a retelling. */
const MOST = 8

/**
 * What is to be retold, in short: the first sentence of every paragraph, or of as many as are spread evenly over a long
 * text. Null where no retelling is asked for.
 */
export function retell(messages: readonly TextMessage[]): string | null {
  const asked = messages.at(-1)
  if (asked?.role !== 'user' || !ASKS.test(asked.content)) return null
  const [, ...paragraphs] = asked.content
    .trim()
    .replace(/\]$/, '')
    .split(/\n\s*\n/)
  const told = paragraphs
    .map((paragraph) => /^[\s\S]*?[.!?…]["”»’)]?(?=\s|$)/u.exec(paragraph.trim())?.[0] ?? paragraph.trim())
    .filter((sentence) => sentence !== '')
  const step = Math.max(1, told.length / MOST)
  const kept = Array.from({ length: Math.min(MOST, told.length) }, (_, index) => told[Math.floor(index * step)])
  return kept.length > 0 ? kept.join(' ') : null
}
