import type { ErrorShape } from './errors'
import type { JsonValue } from './values'

/** The text of an error, as its entry in `resources/locales/<language>/errors.json` has it. */
export interface ErrorWords<Text = unknown> {
  /** What happened. */
  what: Text
  /** Why. */
  why: Text
  /** What to do next. */
  next: Text
}

/** A time to wait, short, so that it needs no grammatical case: `41 s`, `2 min`. */
function wait(seconds: number, language: string): string {
  const [value, unit] = seconds < 120 ? [Math.ceil(seconds), 'second'] : [Math.round(seconds / 60), 'minute']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}

/** A fact of an error as its text says it; null for one that says nothing. */
export function factWords(name: string, value: JsonValue, language: string): string | null {
  if (name === 'seconds' && typeof value === 'number') return wait(value, language)
  if (typeof value === 'number') return new Intl.NumberFormat(language).format(value)
  if (typeof value === 'string') return value === '' ? null : value
  if (Array.isArray(value)) {
    const names = value.filter((item) => typeof item === 'string')
    return names.length === 0 ? null : new Intl.ListFormat(language).format(names)
  }
  return null
}

const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '')

/** A text with the facts that it names. */
export const withFacts = (text: string, facts: ReadonlyMap<string, string>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => facts.get(name) ?? '')

/** Of several wordings, from the most exact to the plainest, the first whose facts are all known. */
export function chooseWording(texts: unknown, facts: ReadonlyMap<string, string>): string {
  const wordings = Array.isArray(texts) ? texts : [texts]
  for (const wording of wordings) {
    if (typeof wording !== 'string' || !namesIn(wording).every((name) => facts.has(name))) continue
    return withFacts(wording, facts)
  }
  return ''
}

/** An error in one line, in the words of a language: what happened, why, and what to do next. */
export function inOneLine(words: ErrorWords, { details }: Pick<ErrorShape, 'details'>, language: string): string {
  const facts = new Map<string, string>()
  for (const [name, value] of Object.entries(details)) {
    const text = factWords(name, value, language)
    if (text !== null) facts.set(name, text)
  }
  return [words.what, words.why, words.next].map((part) => chooseWording(part, facts)).join(' ')
}
