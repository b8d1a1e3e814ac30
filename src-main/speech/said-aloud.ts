import { linesIn, trimmed, type Span, type Steps } from './sentences'

/** Something that somebody in the story says. */
export interface Speech extends Span {
  /** The line of the text that it stands in. */
  line: Span
}

/** A line of dialogue in the Russian way begins with a dash. */
const DASH_LINE = /^\s*[—–-]\s+/u
/** Between what is said and the author's words, and back: a mark, a dash. */
const TURN = /[,.!?…:]{1,8}[»”"]?\s+[—–]\s+/gu
/** What opens a quote, and what closes it. One in English that is not closed goes on in the next paragraph. */
const QUOTES: Readonly<Record<string, { close: readonly string[]; goesOn?: true }>> = {
  '«': { close: ['»'] },
  '“': { close: ['”'], goesOn: true },
  '„': { close: ['“', '”'] },
  '"': { close: ['"'] },
}
/** Characters around a quote that show whether it is said. */
const AROUND = 40

/** What is said aloud in a text: between quotation marks, and behind dashes. Offers a rest after each line. */
export function* saidAloud(text: string): Steps<Speech[]> {
  const said: Speech[] = []
  for (const line of linesIn(text)) {
    const words = text.slice(line.from, line.to)
    const dash = DASH_LINE.exec(words)
    for (const { from, to } of dash ? behindDashes(words, dash[0].length) : inQuotes(words)) {
      const span = trimmed(text, { from: line.from + from, to: line.from + to })
      if (span.to > span.from) said.push({ ...span, line })
    }
    yield
  }
  return said
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
  return quotesIn(line).filter(({ from, to }) =>
    isSaid(line.slice(from + 1, to - 1), {
      before: line.slice(Math.max(0, from - AROUND), from),
      after: line.slice(to, to + AROUND),
      isFirst: line.slice(0, from).trim() === '',
      isLast: line.slice(to).trim() === '',
    })
  )
}

/** Looks for each sign once, also where nothing is closed that was opened. */
function quotesIn(line: string): Span[] {
  const quotes: Span[] = []
  const absent = new Set<string>()
  const next = (sign: string, from: number): number[] => {
    if (absent.has(sign)) return []
    const at = line.indexOf(sign, from)
    if (at < 0) absent.add(sign)
    return at < 0 ? [] : [at]
  }
  const opening = /[«“„"]/gu
  for (let match = opening.exec(line); match; match = opening.exec(line)) {
    const { index } = match
    const kind = QUOTES[match[0]]
    const closes = kind?.close.flatMap((sign) => next(sign, index + 1)) ?? []
    if (closes.length === 0 && !kind?.goesOn) continue
    const to = closes.length === 0 ? line.length : Math.min(...closes) + 1
    quotes.push({ from: index, to })
    opening.lastIndex = to
  }
  return quotes
}

interface Around {
  before: string
  after: string
  /** Nothing stands before it in its line, or behind it. */
  isFirst: boolean
  isLast: boolean
}

/** Whether what stands in quotation marks is said, and is not a name, a title or a word that is meant otherwise. */
function isSaid(inside: string, { before, after, isFirst, isLast }: Around): boolean {
  const words = inside.trim()
  const ending = words.slice(-1)
  if (/:\s*$/u.test(before) || /^\s*,\s*[—–]/u.test(after)) return true
  if (/[!?…]/u.test(ending)) return /^\s*[—–]/u.test(after) || isFirst || /\s/u.test(words)
  const isBegun = isFirst || /[.,!?…—–]\s*$/u.test(before)
  return (isFirst && isLast) || (/[.,—–-]/u.test(ending) && (isBegun || /\s/u.test(words)))
}
