import snowball from 'snowball-stemmers'

const russian = snowball.newStemmer('russian')
const english = snowball.newStemmer('english')

const CYRILLIC = /^[а-яѐ-џ]/
const LATIN = /^[a-z]/

/** Words repeat: stems are remembered, as many as a language has in daily use. */
const REMEMBERED = 100_000
const known = new Map<string, string>()

/** The stem of a word in normal form (`words.ts`), by Snowball's rules for Russian or English; other words as they are. */
export function stemOf(word: string): string {
  const before = known.get(word)
  if (before !== undefined) return before
  const stem = stemAnew(word)
  if (known.size >= REMEMBERED) known.clear()
  known.set(word, stem)
  return stem
}

function stemAnew(word: string): string {
  if (CYRILLIC.test(word)) return russian.stem(word) || word
  if (LATIN.test(word)) return english.stem(word) || word
  return word
}
