import { estimateTokens } from '@main/platform/token-estimate'

/** A piece of a text; `end` is after its last UTF-16 unit. */
export interface Span {
  start: number
  end: number
}

/** How long a chunk gets, in estimated tokens: long enough to say what it is about, short enough to be about one thing. */
const GOAL_TOKENS = 160
/** Only a sentence that is longer than this is cut. */
const MOST_TOKENS = 256
/** Of a sentence that ends a chunk, this much may be said again by the next one of the same paragraph. */
const OVERLAP_TOKENS = 40

const PARAGRAPH = /[^\n\r\u2028\u2029]+/gu
/** Sentences end by the same signs in every language that Fabula is in; the root's rules know those of others too. */
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const words = new Intl.Segmenter('en', { granularity: 'word' })

interface Piece extends Span {
  tokens: number
  /** Counted from 0. */
  paragraph: number
}

/**
 * Cuts a text into chunks at the ends of its paragraphs and sentences, each about as long as a chunk should be. Where a
 * paragraph goes on in the next chunk, that one begins with its last sentence again if it is short, so that a sentence is
 * read with what it refers to. Together the chunks hold all of the text but the space around them.
 */
export function chunksOf(text: string): Span[] {
  const chunks: Span[] = []
  let current: Piece[] = []
  let tokens = 0
  const close = (next: Piece) => {
    const first = current[0]
    const last = current.at(-1)
    if (!first || !last) return
    chunks.push({ start: first.start, end: last.end })
    const goesOn = last.paragraph === next.paragraph && last.tokens <= OVERLAP_TOKENS && current.length > 1
    current = goesOn ? [last] : []
    tokens = goesOn ? last.tokens : 0
  }
  for (const piece of piecesOf(text)) {
    if (tokens + piece.tokens > GOAL_TOKENS) close(piece)
    current.push(piece)
    tokens += piece.tokens
  }
  const first = current[0]
  const last = current.at(-1)
  if (first && last) chunks.push({ start: first.start, end: last.end })
  return chunks
}

/** Sentences, and parts of those that are too long for a chunk, without the space around them. */
function* piecesOf(text: string): Generator<Piece> {
  let paragraph = 0
  for (const { index: start, 0: line } of text.matchAll(PARAGRAPH)) {
    for (const { index, segment } of sentences.segment(line))
      for (const { start: from, end } of partsOf(segment)) {
        const span = trimmed(text, start + index + from, start + index + end)
        if (span) yield { ...span, tokens: estimateTokens(text.slice(span.start, span.end)), paragraph }
      }
    paragraph += 1
  }
}

/** A sentence as it is, or cut between words where it is too long, or between characters where even a word is. */
function partsOf(sentence: string): Span[] {
  if (estimateTokens(sentence) <= MOST_TOKENS) return [{ start: 0, end: sentence.length }]
  const parts: Span[] = []
  let start = 0
  let end = 0
  let tokens = 0
  for (const { index, segment } of words.segment(sentence))
    for (const piece of shortPieces(segment)) {
      const size = estimateTokens(piece.text)
      if (tokens + size > GOAL_TOKENS && end > start) {
        parts.push({ start, end })
        start = end
        tokens = 0
      }
      end = index + piece.start + piece.text.length
      tokens += size
    }
  parts.push({ start, end })
  return parts
}

/** Half a chunk at most of UTF-16 units each, whatever they are; no character is cut in two. */
const PIECE_UNITS = GOAL_TOKENS / 2

function* shortPieces(text: string): Generator<{ start: number; text: string }> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + PIECE_UNITS)
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end += 1
    yield { start, text: text.slice(start, end) }
    start = end
  }
}

function trimmed(text: string, start: number, end: number): Span | null {
  const part = text.slice(start, end)
  const from = start + part.length - part.trimStart().length
  const until = end - part.length + part.trimEnd().length
  return until > from ? { start: from, end: until } : null
}
