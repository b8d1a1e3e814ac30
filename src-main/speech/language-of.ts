import type { Language } from '@contract/values'

/** Characters from the beginning of a text that tell its language: a book is not read for that. */
const TELLING = 20_000

/** Whether a text is rather Russian or English, by its letters. */
export function languageOf(text: string): Language {
  const beginning = text.slice(0, TELLING)
  const cyrillic = beginning.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = beginning.match(/\p{Script=Latin}/gu)?.length ?? 0
  return cyrillic > latin ? 'ru' : 'en'
}
