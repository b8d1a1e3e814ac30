import { wordsOf } from './words'

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

/**
 * What FTS5 looks for (`MATCH`) when a reader searches for `query` in columns of `stemmedText`: any form of its words,
 * and those in quotes as they follow each other. `all` finds what has every one of them, `any` what has one at least.
 * Safe whatever the query says; null when there is no word in it.
 */
export function searchExpression(query: string, which: 'all' | 'any' = 'all'): string | null {
  const wanted = new Set<string>()
  for (const [part, text] of query.split(QUOTES).entries()) {
    const stems = wordsOf(text).map(({ stem }) => stem)
    // Every other part stands after a mark that opens.
    if (part % 2 === 1 && stems.length > 0) wanted.add(stems.join(' '))
    else for (const stem of stems) wanted.add(stem)
  }
  if (wanted.size === 0) return null
  return [...wanted].map((stems) => `"${stems}"`).join(which === 'all' ? ' AND ' : ' OR ')
}
