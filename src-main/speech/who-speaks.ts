import type { SpokenPart } from '@contract/entities/media'
import type { WorldEntryId } from '@contract/ids'
import type { FoundAt, KeyFinder, KeyRules } from '@main/worlds/find-key'
import { saidAloud, type Speech } from './said-aloud'
import { isSayable, linesOf, trimmed, type Span } from './sentences'

/** Somebody who may have the word, with all names that they are called by. */
export interface Speaker {
  entryId: WorldEntryId
  names: readonly string[]
}

type Who = WorldEntryId | null

/** As many parts as a request may have (`MediaRequest`). */
const MOST_PARTS = 20_000
/** A sentence's end, with white space behind. */
const END = /[.!?…]+[»”"’)]*\s/gu

/**
 * Divides a text into what the narrator says and what somebody says: by the names in the author's words around it, and where
 * none is there by whose turn it is. Somebody without a name is nobody; the user can say who it is.
 */
export function whoSpeaks(text: string, speakers: readonly Speaker[], finder: KeyFinder): SpokenPart[] {
  const said = saidAloud(text)
  const who = tellApart(text, said, said.length === 0 ? [] : namedIn(text, speakers, finder), finder)
  const parts: SpokenPart[] = []
  const push = (span: Span, entryId: Who) => {
    const { from, to } = trimmed(text, span)
    if (isSayable(text.slice(from, to))) parts.push({ from, to, entryId, voice: null })
  }
  let at = 0
  for (const [index, { from, to }] of said.entries()) {
    // The dash before what is said belongs to nobody.
    push({ from: at, to: at + text.slice(at, from).replace(/[\s—–-]+$/u, '').length }, null)
    push({ from, to }, who[index] ?? null)
    at = to
  }
  push({ from: at, to: text.length }, null)
  return parts.length > MOST_PARTS ? [{ from: 0, to: text.length, entryId: null, voice: null }] : parts
}

/** Those whom the text names at all: a world may have a thousand characters. */
function namedIn(text: string, speakers: readonly Speaker[], finder: KeyFinder): Speaker[] {
  const view = finder.view(text)
  const isThere = (name: string) => bothForms.some((rules) => finder.find(view, name, rules) !== null)
  return speakers.filter(({ names }) => names.some(isThere))
}

/** A name in its first form counts before others. */
const bothForms: readonly KeyRules[] = [false, true].map((wordForms) => ({
  wholeWords: true,
  wordForms,
  capitals: 'names',
}))

/** A line with what is said in it. */
interface Line {
  span: Span
  said: { speech: Speech; index: number }[]
}

function tellApart(
  text: string,
  said: readonly Speech[],
  speakers: readonly Speaker[],
  finder: KeyFinder
): readonly Who[] {
  const who: Who[] = said.map(() => null)
  if (speakers.length === 0 || said.length === 0) return who
  const named = (span: Span, which: 'first' | 'last') => nameIn(text.slice(span.from, span.to), which, speakers, finder)
  /** Who spoke in the lines of dialogue before, the last one last. */
  let turns: Who[] = []
  let narration: Span | null = null
  for (const { span, said: here } of withSaid(text, said)) {
    if (here.length === 0) {
      narration = span
      turns = []
      continue
    }
    const own = here.map(({ speech }, at) =>
      namedAround(text, speech, { before: here[at - 1]?.speech, after: here[at + 1]?.speech }, named)
    )
    const speaker = own.find((one) => one !== null) ?? whoseTurn(turns) ?? (narration && named(narration, 'last'))
    for (const [at, { index }] of here.entries()) who[index] = own[at] ?? speaker
    turns = [...turns.slice(-1), speaker]
    narration = null
  }
  return who
}

/** In a conversation of two, the one who did not speak last. */
function whoseTurn([earlier = null, last = null]: readonly Who[]): Who {
  return earlier !== null && last !== null && earlier !== last ? earlier : null
}

/** Who is named by the author's words behind what is said, else by those before it, in the same line. */
function namedAround(
  text: string,
  speech: Speech,
  others: { before: Speech | undefined; after: Speech | undefined },
  named: (span: Span, which: 'first' | 'last') => Who
): Who {
  const behind = { from: speech.to, to: others.after?.from ?? speech.line.to }
  const ahead = { from: others.before?.to ?? speech.line.from, to: speech.from }
  // The first sentence behind what was said before belongs to that.
  const from = others.before ? firstSentence(text, ahead).to : ahead.from
  return named(firstSentence(text, behind), 'first') ?? named({ from, to: ahead.to }, 'last')
}

function firstSentence(text: string, { from, to }: Span): Span {
  const [end] = text.slice(from, to).matchAll(END)
  return { from, to: end ? from + end.index + 1 : to }
}

function withSaid(text: string, said: readonly Speech[]): Line[] {
  const lines = linesOf(text).map((span): Line => ({ span, said: [] }))
  let at = 0
  for (const [index, speech] of said.entries()) {
    while ((lines[at]?.span.to ?? Number.POSITIVE_INFINITY) <= speech.from) at += 1
    lines[at]?.said.push({ speech, index })
  }
  return lines
}

/**
 * Who is named first, or last, in the author's words. A name in its first form is whose deed it is: in «Анна взглянула на
 * Игната» and «сказал Анне Игнат» the other form is somebody else.
 */
function nameIn(words: string, which: 'first' | 'last', speakers: readonly Speaker[], finder: KeyFinder): Who {
  if (!isSayable(words)) return null
  const view = finder.view(words)
  for (const rules of bothForms) {
    const found = speakers.flatMap(({ entryId, names }) => {
      const firsts = names.flatMap((name) => {
        const place = finder.find(view, name, rules)
        return place ? [{ name, ...place }] : []
      })
      if (firsts.length === 0) return []
      const at =
        which === 'first'
          ? Math.min(...firsts.map(({ start }) => start))
          : Math.max(...firsts.map(({ name, start, end }) => lastPlace(words, { start, end }, name, rules, finder)))
      return [{ entryId, at }]
    })
    const [best] = found.toSorted((a, b) => (which === 'first' ? a.at - b.at : b.at - a.at))
    if (best) return best.entryId
  }
  return null
}

function lastPlace(words: string, first: FoundAt, name: string, rules: KeyRules, finder: KeyFinder): number {
  let { start, end } = first
  for (;;) {
    const next = finder.find(finder.view(words.slice(end)), name, rules)
    if (!next) return start
    start = end + next.start
    end += next.end
  }
}
