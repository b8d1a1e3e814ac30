import type { Language } from '@contract/values'

/** Characters of a story that are looked at to tell its language. */
const SAMPLE = 20_000

export function languageOf(texts: Iterable<string>): Language {
  let sample = ''
  for (const text of texts) {
    if (sample.length >= SAMPLE) break
    sample += text.slice(0, SAMPLE)
  }
  const count = (letters: RegExp) => sample.match(letters)?.length ?? 0
  return count(/\p{Script=Cyrillic}/gu) > count(/\p{Script=Latin}/gu) ? 'ru' : 'en'
}
