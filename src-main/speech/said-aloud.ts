import { linesOf, trimmed, type Span } from './sentences'

/** Something that somebody in the story says. */
export interface Speech extends Span {
  /** The line of the text that it stands in. */
  line: Span
}

/** A line of dialogue in the Russian way begins with a dash. */
const DASH_LINE = /^\s*[—–-]\s+/u
/** Between what is said and the author's words, and back: a mark, a dash. */
const TURN = /[,.!?…:]+[»”"]?\s+[—–]\s+/gu
const QUOTES = /«[^»]*»|“[^”]*(?:”|$)|„[^“”]*[“”]|"[^"]*"/gu

/** What is said aloud in a text: between quotation marks, and behind dashes. */
export function saidAloud(text: string): Speech[] {
  return linesOf(text).flatMap((line) => {
    const words = text.slice(line.from, line.to)
    const dash = DASH_LINE.exec(words)
    const spans = dash ? behindDashes(words, dash[0].length) : inQuotes(words)
    return spans
      .map(({ from, to }) => trimmed(text, { from: line.from + from, to: line.from + to }))
      .filter(({ from, to }) => to > from)
      .map((span) => ({ ...span, line }))
  })
}

/** `— Иду, — сказал он. — Подожди.`: each dash behind a mark changes who has the word. */
function behindDashes(line: string, start: number): Span[] {
  const spans: Span[] = []
  let from: number | null = start
  for (const turn of line.slice(start).matchAll(TURN)) {
    const at = start + turn.index
    const end = at + turn[0].length
    if (from === null) from = end
    else {
      spans.push({ from, to: at + turn[0].trimEnd().length - 1 })
      from = null
    }
  }
  if (from !== null) spans.push({ from, to: line.length })
  return spans
}

function inQuotes(line: string): Span[] {
  return Array.from(line.matchAll(QUOTES), ({ index, 0: quote }) => ({ from: index, to: index + quote.length })).filter(
    ({ from, to }) => isSaid(line.slice(from + 1, to - 1), line.slice(0, from), line.slice(to))
  )
}

/** Whether what stands in quotation marks is said, and is not a name, a title or a word that is meant otherwise. */
function isSaid(inside: string, before: string, after: string): boolean {
  const words = inside.trim()
  if (/:\s*$/u.test(before) || /^\s*,\s*[—–]/u.test(after)) return true
  if (/[!?…]$/u.test(words)) return /^\s*[—–]/u.test(after) || before.trim() === '' || /\s/u.test(words)
  const isWhole = before.trim() === '' && after.trim() === ''
  const isBegun = before.trim() === '' || /[.,!?…—–]\s*$/u.test(before)
  return isWhole || (/[.,—–-]$/u.test(words) && (isBegun || /\s/u.test(words)))
}
