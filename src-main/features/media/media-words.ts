import { cutText } from '@contract/names'
import type { Media } from '@contract/entities/media'

/** Characters of a title that is made of a text, of an excerpt, and of what something is found by. */
const LONGEST_TITLE = 60
const LONGEST_EXCERPT = 200
const LONGEST_FOUND = 20_000

/** A text without what tells its capitals and accents apart. */
const folded = (text: string): string => text.normalize('NFC').toUpperCase().toLowerCase()

/** What is looked for, word by word. */
export const searchedWords = (text: string): string[] => folded(text).split(/\s+/).filter(Boolean)

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The whole words that fit, with a sign that more follows. */
function inWords(text: string, longest: number): string {
  if (text.length <= longest) return text
  const cut = cutText(text, longest - 1)
  const words = cut.replace(/\s+\S*$/, '')
  return `${(words || cut).replace(/[\s\p{P}]+$/u, '')}…`
}

/** What something is called that nobody has given a name: the first sentence of its text, or the beginning of that. */
export function titleOf(text: string): string {
  const line = oneLine(text.split('\n').find((one) => /[\p{L}\p{N}]/u.test(one)) ?? text)
  const [sentence = line] = /^.*?[\p{L}\p{N}]{2,}[.!?…]+(?=\s)/u.exec(line) ?? []
  return inWords(sentence.replace(/\.$/, ''), LONGEST_TITLE)
}

/** How something is shown in a list, and what it is found by. */
export const wordsOf = ({ title, text, words }: Pick<Media, 'title' | 'text' | 'words'>) => ({
  excerpt: cutText(oneLine(words || text), LONGEST_EXCERPT),
  found: cutText(folded([title, words, text].join('\n')), LONGEST_FOUND),
})
