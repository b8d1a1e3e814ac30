import type { SpokenPart } from '@contract/entities/media'
import type { WorldEntryId } from '@contract/ids'
import type { FoundAt, KeyFinder, KeyRules } from '@main/worlds/find-key'
import { saidAloud, type Speech } from './said-aloud'
import { isSayable, linesIn, trimmed, type Span, type Steps } from './sentences'

/** Somebody who may have the word, with all names that they are called by. */
export interface Speaker {
  entryId: WorldEntryId
  names: readonly string[]
}

type Who = WorldEntryId | null

/** As many parts as a request may have (`MediaRequest`). */
const MOST_PARTS = 20_000
/** A sentence's end, with white space behind. */
const END = /[.!?…]{1,8}[»”"’)]*\s/gu
/** Characters that are looked through for names at once, and those that are looked through twice: a name may be cut there. */
const AT_ONCE = 8_000
const OVERLAP = 200
/** Who is named farther from what is said has nothing to do with it. Characters. */
const NEAR = 1_000

/**
 * Divides a text into what the narrator says and what somebody says: by the names in the author's words around it, and where
 * none is there by whose turn it is. Somebody without a name is nobody; the user can say who it is. Offers a rest after each line.
 */
export function* whoSpeaks(text: string, speakers: readonly Speaker[], finder: KeyFinder): Steps<SpokenPart[]> {
  const said = yield* saidAloud(text)
  const named = said.length === 0 ? [] : yield* namedIn(text, speakers, finder)
  const who = yield* tellApart(text, said, named, finder)
  const parts: SpokenPart[] = []
  const push = (span: Span, entryId: Who) => {
    const { from, to } = trimmed(text, span)
    if (isSayable(text.slice(from, to))) parts.push({ from, to, entryId, voice: null })
  }
  let at = 0
  for (const [index, { from, to }] of said.entries()) {
    // The dash before what is said belongs to nobody.
    push({ from: at, to: beforeDash(text, at, from) }, null)
    push({ from, to }, who[index] ?? null)
    at = to
    yield
  }
  push({ from: at, to: text.length }, null)
  return parts.length > MOST_PARTS ? [{ from: 0, to: text.length, entryId: null, voice: null }] : parts
}

/** Where a text ends between two places without the dashes and the white space at its end. */
function beforeDash(text: string, from: number, to: number): number {
  let end = to
  while (end > from && /[\s—–-]/u.test(text.charAt(end - 1))) end -= 1
  return end
}

/** Those whom the text names at all: a world may have a thousand characters. */
function* namedIn(text: string, speakers: readonly Speaker[], finder: KeyFinder): Steps<Speaker[]> {
  const named = new Set<Speaker>()
  for (let at = 0; at < text.length && named.size < speakers.length; at += AT_ONCE) {
    const view = finder.view(text.slice(Math.max(0, at - OVERLAP), at + AT_ONCE))
    const isThere = (name: string) => bothForms.some((rules) => finder.find(view, name, rules) !== null)
    for (const speaker of speakers) if (!named.has(speaker) && speaker.names.some(isThere)) named.add(speaker)
    yield
  }
  return speakers.filter((speaker) => named.has(speaker))
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

function* tellApart(
  text: string,
  said: readonly Speech[],
  speakers: readonly Speaker[],
  finder: KeyFinder
): Steps<readonly Who[]> {
  const who: Who[] = said.map(() => null)
  if (speakers.length === 0 || said.length === 0) return who
  const named = (span: Span, which: 'first' | 'last') => nameIn(text.slice(span.from, span.to), which, speakers, finder)
  /** Who spoke in the lines of dialogue before, the last one last. */
  let turns: Who[] = []
  let narration: Span | null = null
  for (const { span, said: here } of withSaid(text, said)) {
    yield
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

function* withSaid(text: string, said: readonly Speech[]): Generator<Line, void, void> {
  let next = 0
  for (const span of linesIn(text)) {
    const here: Line['said'] = []
    for (let speech = said[next]; speech && speech.from < span.to; speech = said[next]) {
      here.push({ speech, index: next })
      next += 1
    }
    yield { span, said: here }
  }
}

/**
 * Who is named first, or last, in the author's words. A name in its first form is whose deed it is: in «Анна взглянула на
 * Игната» and «сказал Анне Игнат» the other form is somebody else.
 */
function nameIn(all: string, which: 'first' | 'last', speakers: readonly Speaker[], finder: KeyFinder): Who {
  const words = which === 'first' ? all.slice(0, NEAR) : all.slice(-NEAR)
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
