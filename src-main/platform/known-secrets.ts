import { decodedText, withoutBegunEscape, withoutEscapes, type DecodedText } from './decoded-text'
import { secretForms } from './secret-forms'

/** A piece of a text, from its first character up to the one after its last. */
export interface Span {
  from: number
  to: number
}

/** JSON inside JSON inside an address: nothing that a server answers is wrapped more often. */
const MOST_LAYERS = 4

/** From this many characters on, the beginning of a secret at the end of a text is that secret, cut off. */
const SHORTEST_BEGINNING = 8

/** Finds the secrets that Fabula knows, however a server wrote them. */
export interface KnownSecrets {
  add(secret: string): void
  /** Where secrets stand in a text: in order, and apart from each other. */
  spansIn(text: string): Span[]
}

export function createKnownSecrets(): KnownSecrets {
  const forms = new Set<string>()
  let search: Search | null = null

  return {
    add(secret) {
      const before = forms.size
      for (const form of secretForms(secret)) forms.add(form)
      if (forms.size > before) search = null
    },
    spansIn(text) {
      if (forms.size === 0) return []
      search ??= searchFor([...forms])
      const spans: Span[] = []
      let layer: DecodedText | null = decodedText(text)
      for (let depth = 0; layer !== null && depth < MOST_LAYERS; depth += 1) {
        for (const match of layer.bytes.matchAll(search.whole))
          spans.push(spanOf(layer, match.index, match.index + match[0].length))
        const begun = beginningAtEnd(withoutBegunEscape(layer), search)
        if (begun !== null) spans.push(spanOf(layer, begun, layer.bytes.length))
        layer = withoutEscapes(layer)
      }
      return joined(spans)
    },
  }
}

const spanOf = ({ from, to }: DecodedText, first: number, end: number): Span => ({
  from: from[first] ?? 0,
  to: to[end - 1] ?? 0,
})

interface Search {
  whole: RegExp
  /** Forms that can be told by their beginning, and what that is. */
  long: readonly string[]
  beginnings: RegExp
  /** Characters of the longest form. */
  longest: number
}

function searchFor(forms: readonly string[]): Search {
  const long = forms.filter((form) => form.length > SHORTEST_BEGINNING)
  return {
    whole: anyOf(forms),
    long,
    beginnings: anyOf(long.map((form) => form.slice(0, SHORTEST_BEGINNING))),
    longest: long.reduce((most, { length }) => Math.max(most, length), 0),
  }
}

/** Where the beginning of a form stands that a cut took the rest of; null when none does. */
function beginningAtEnd(bytes: string, { long, beginnings, longest }: Search): number | null {
  const start = Math.max(0, bytes.length - longest)
  const tail = bytes.slice(start)
  for (const { index } of tail.matchAll(beginnings)) {
    const rest = tail.slice(index)
    if (long.some((form) => form.startsWith(rest))) return start + index
  }
  return null
}

/** The longest first, so that a secret that begins like another is found whole. Nothing matches when there are none. */
function anyOf(texts: readonly string[]): RegExp {
  const longestFirst = [...new Set(texts)].toSorted((a, b) => b.length - a.length)
  return new RegExp(longestFirst.length === 0 ? '(?!)' : longestFirst.map(escaped).join('|'), 'g')
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

function joined(spans: readonly Span[]): Span[] {
  const apart: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last && span.from < last.to) last.to = Math.max(last.to, span.to)
    else apart.push({ ...span })
  }
  return apart
}
