import type { Word } from '@main/words/words'

/**
 * By what the forms of a word are told to be one: two words that share a mark are. The stem is one mark; beside it, Russian
 * needs two more kinds, because a stemmer does not know which ending is one: «прилив» seems to it to end in «-ив», and
 * «прилива» does not. So a word has the marks of whatever is left without any ending of a noun or an adjective.
 */
export function marksOfText({ word, stem }: Word): readonly string[] {
  if (!RUSSIAN.test(word)) return [stem]
  const known = marks.get(word)
  if (known) return known
  const own = [stem]
  for (const ending of ENDINGS)
    if (word.length - ending.length >= SHORTEST_BASE && word.endsWith(ending))
      own.push(`=${word.slice(0, word.length - ending.length)}`)
  if (marks.size >= MOST_REMEMBERED) marks.clear()
  marks.set(word, own)
  return own
}

/** The marks of a word of a key, which is mostly written in its first form. */
export function marksOfKey({ word, stem }: Word): readonly string[] {
  const stems = stemsOf(stem)
  if (!RUSSIAN.test(word)) return stems
  const base = word.replace(/[аяоеьйуюыи]$/u, '')
  return base.length < SHORTEST_BASE ? stems : [...stems, `=${base}`]
}

const RUSSIAN = /^[а-я]+$/u
const SHORTEST_BASE = 3
const MOST_REMEMBERED = 50_000
const marks = new Map<string, readonly string[]>()

const ENDINGS = [
  '',
  ...'а я о е ь й у ю ы и'.split(' '),
  ...'ом ем ой ей ою ею ью ам ям ах ях ов ев ий ый ая яя ое ее ые ие ым им ых их ую юю'.split(' '),
  ...'ами ями ого его ому ему ыми ими'.split(' '),
]

const FLEETING = /^(.+[бвгджзклмнпрстфхцчшщ])[ео]([бвгджзклмнпрстфхцчшщ])$/u
const CLOSE = /^(.+[бвгджзклмнпрстфхцчшщ])([бвгджзклмнпрстфхцчшщ])$/u

/**
 * The stems of all forms of a word. Russian drops an «е» or «о» before the last consonant of many words, which the stem
 * alone does not show: Павел and Павла, костёр and костра, сестра and сестёр. A stem that no word has finds nothing.
 */
function stemsOf(stem: string): string[] {
  const [, start, last] = (stem.length > 3 ? FLEETING.exec(stem) : null) ?? []
  if (start !== undefined && last !== undefined) return [stem, start + last]
  const [, front, end] = CLOSE.exec(stem) ?? []
  return front !== undefined && end !== undefined ? [stem, `${front}е${end}`, `${front}о${end}`] : [stem]
}
