import { stemOf } from './stem'

/** A word of a text as it is searched for. */
export interface Word {
  /** Small letters, without accents, ё as е. */
  word: string
  /** What all forms of the word have in common: `хозяйк` of «хозяйку». Never empty. */
  stem: string
  /** Where the word stands in the text, in UTF-16 units; `end` is after its last. */
  start: number
  end: number
}

/** Letters and digits with what is set above them, and what may stand unseen within a word: soft hyphens, joiners. */
const RUN = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00AD\u200B-\u200D\u2060]*[\p{L}\p{N}\p{M}])?/gu
const APOSTROPHES = /['’ʼ‘‛`´ʹ＇]/u
/** What English hangs on a word with an apostrophe: `keeper's`, `we'll`, `they've`. It says nothing of what the word is. */
const ENDINGS = new Set(['s', 'll', 're', 've', 'd', 'm'])
/** Characters that are words by themselves. */
const HAS_IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{M}*/gu

const UNSEEN = /[\u00AD\u200B-\u200D\u2060]/gu
/** Accents of Latin, Greek and Cyrillic letters, but not the one that makes й of и. */
const ACCENTS = /(?<!и(?=\u0306))[\u0300-\u036F]/gu
const PLAIN = /^[a-z0-9а-я]+$/

/** Every word of a text, in order, those of one letter too. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let joined: RegExpExecArray | null = null
  for (const match of text.matchAll(RUN)) {
    const { index: start, 0: run } = match
    const end = start + run.length
    const before = words.at(-1)
    // With an apostrophe between them, and nothing else, the second may be no word of its own.
    const apostrophe = before?.end === start - 1 && joined !== null && APOSTROPHES.test(text.charAt(start - 1))
    joined = match
    if (HAS_IDEOGRAPH.test(run)) {
      pushIdeographs(words, run, start)
      continue
    }
    const word = normalForm(run)
    if (apostrophe && ENDINGS.has(word)) {
      before.end = end
      continue
    }
    if (apostrophe && word === 't' && before.word.endsWith('n')) {
      words[words.length - 1] = toWord(`${before.word}t`, before.start, end)
      continue
    }
    words.push(toWord(word, start, end))
  }
  return words
}

const toWord = (word: string, start: number, end: number): Word => ({ word, stem: stemOf(word), start, end })

/** Ideographs one by one, and what stands between them as it is. */
function pushIdeographs(words: Word[], run: string, start: number): void {
  const push = (from: number, until: number) => {
    const word = normalForm(run.slice(from, until))
    if (word !== '') words.push(toWord(word, start + from, start + until))
  }
  let done = 0
  for (const { index, 0: one } of run.matchAll(IDEOGRAPH)) {
    push(done, index)
    done = index + one.length
    push(index, done)
  }
  push(done, run.length)
}

/** A word in the form in which any way of writing it is the same. */
function normalForm(word: string): string {
  const small = word.toLowerCase()
  if (PLAIN.test(small)) return small
  return small.replace(UNSEEN, '').normalize('NFD').replace(ACCENTS, '').normalize('NFC').replaceAll('ς', 'σ')
}
