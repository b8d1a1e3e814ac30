import { wordsOf, type Word } from './words'

/**
 * The `tokenize` of an FTS5 table that holds `stemmedText`: words end at spaces and nowhere else, whatever is in them. Letters
 * that are newer than SQLite are unassigned (`Cn`) to it.
 */
export const STEM_TOKENIZER = `unicode61 remove_diacritics 0 categories 'L* N* M* Cn'`

/** What an FTS5 table holds of a text: its stems, in order. */
export const stemmedText = (text: string): string =>
  wordsOf(text)
    .map(({ stem }) => stem)
    .join(' ')

const QUOTES = /["“”„«»〝〞＂]/u

/** What a text must have to be found: a word in any form, or words in quotes as they follow each other. */
export interface Term {
  stems: string[]
  /** How the last word is written, where it may still be on its way: any word that begins so will do. */
  begins: string | null
}

/** Fewer letters than these begin too many words. */
const LEAST_TO_BEGIN = 3

/** What a reader looks for, each thing once. `typing`: the last word may not be whole yet. */
export function termsOf(query: string, typing = false): Term[] {
  const terms = new Map<string, Term>()
  const add = (words: readonly Word[], open: boolean) => {
    const last = words.at(-1)
    if (!last) return
    const stems = words.map(({ stem }) => stem)
    const begins = open && Array.from(last.word).length >= LEAST_TO_BEGIN ? last.word : null
    const key = stems.join(' ')
    terms.set(key, { stems, begins: begins ?? terms.get(key)?.begins ?? null })
  }
  const parts = query.split(QUOTES)
  for (const [index, text] of parts.entries()) {
    const words = wordsOf(text)
    const isOpen = (word: Word | undefined) =>
      typing && index === parts.length - 1 && word !== undefined && word.end === text.length
    // Every other part stands after a mark that opens.
    if (index % 2 === 1) add(words, isOpen(words.at(-1)))
    else for (const word of words) add([word], isOpen(word))
  }
  return [...terms.values()]
}

/**
 * What FTS5 looks for (`MATCH`) in columns of `stemmedText`: texts that have all terms, or any. Null where there is none.
 * Safe whatever the terms were read from.
 */
export function matchExpression(terms: readonly Term[], which: 'all' | 'any' = 'all'): string | null {
  if (terms.length === 0) return null
  return terms
    .map(({ stems, begins }) => {
      const whole = `"${stems.join(' ')}"`
      return begins === null ? whole : `(${whole} OR "${[...stems.slice(0, -1), begins].join(' ')}"*)`
    })
    .join(which === 'all' ? ' AND ' : ' OR ')
}
