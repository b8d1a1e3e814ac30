import type { Word } from '@main/words/words'
import { plainText, type TextInView } from './passages-in-view'
import { marksOfKey, marksOfText } from './word-marks'

/** How a key is looked for. */
export interface KeyRules {
  wholeWords: boolean
  /** In any grammatical form; whole words then. */
  wordForms: boolean
  /** `key`: as it is written. `names`: a single word with a capital has one in the text, where that has any. */
  capitals: 'any' | 'key' | 'names'
}

/** Where a key stands in a text, in UTF-16 units. */
export interface FoundAt {
  start: number
  end: number
}

/** A pattern of a regular expression that was made ready. */
export interface Pattern {
  find(text: string): FoundAt | null
}

/** Finds keys of lore, and names. What it needs is loaded when it is first needed, see `word-finder.ts`. */
export interface KeyFinder {
  view(text: string): TextInView
  /** The first place; null where the key is not there, is empty, or is a pattern that does not work. */
  find(view: TextInView, key: string, rules: KeyRules): FoundAt | null
}

interface KeyWord {
  word: Word
  marks: readonly string[]
}

/** What a key is made of besides words that would have to be there, too: `C++`, `№ 5`. */
const MARKS = /[^\p{L}\p{N}\p{M}\s'’ʼ\-\u2010\u2011.,]/u
const PATTERN = /^\/(.+)\/([a-z]*)$/su

/** The pattern and the flags of a key in the form `/pattern/flags`; null for every other. */
export function patternOf(key: string): { source: string; flags: string } | null {
  const [, source, flags = ''] = PATTERN.exec(key.trim()) ?? []
  return source === undefined ? null : { source, flags }
}

/** @param compile throws for a pattern that does not work */
export function createKeyFinder(ports: {
  wordsOf: (text: string) => Word[]
  textInView: (text: string) => TextInView
  compile: (source: string, flags: string) => Pattern
}): KeyFinder {
  const { wordsOf, compile } = ports
  const known = new Map<string, Key>()

  const read = (raw: string): Key => {
    const key = raw.trim()
    const pattern = patternOf(key)
    if (pattern) return { kind: 'pattern', pattern: compiled(() => compile(pattern.source, pattern.flags)) }
    const words = wordsOf(key).map((word) => ({ word, marks: marksOfKey(word) }))
    return { kind: 'text', key, words, isWords: words.length > 0 && !MARKS.test(key) }
  }
  const keyOf = (raw: string): Key => {
    const before = known.get(raw)
    if (before) return before
    if (known.size >= MOST_KEYS) known.clear()
    const key = read(raw)
    known.set(raw, key)
    return key
  }

  return {
    view: ports.textInView,
    find: (view, raw, rules) => {
      const key = keyOf(raw)
      if (key.kind === 'pattern') return key.pattern?.find(view.text) ?? null
      if (key.key === '') return null
      const inWords = key.isWords && (rules.wholeWords || rules.wordForms)
      return inWords ? findWords(view, key.key, key.words, rules) : findText(view, key.key, rules)
    },
  }
}

/** A key that was read; a pattern that does not work is null. */
type Key =
  | { kind: 'pattern'; pattern: Pattern | null }
  | { kind: 'text'; key: string; words: readonly KeyWord[]; isWords: boolean }

const MOST_KEYS = 50_000

function compiled(compile: () => Pattern): Pattern | null {
  try {
    return compile()
  } catch {
    // It is the editor that says what is wrong with a pattern (`keyProblem`); here it finds nothing.
    return null
  }
}

/** The words of a key, one behind the other. */
function findWords(view: TextInView, key: string, words: readonly KeyWord[], rules: KeyRules): FoundAt | null {
  const [first] = words
  if (!first) return null
  const there = view.words()
  const places = rules.wordForms ? first.marks.flatMap((mark) => view.placesOf(mark)) : view.placesOf(first.word.stem)
  const isOneWord = words.length === 1
  for (const at of places) {
    const run = there.slice(at, at + words.length)
    const fits = words.every(({ word, marks }, index) => {
      const other = run[index]
      if (!other) return false
      const isSame = rules.wordForms
        ? marksOfText(other).some((mark) => marks.includes(mark))
        : other.word === word.word
      if (!isSame) return false
      return capitalsFit(
        view,
        key.slice(word.start, word.end),
        view.text.slice(other.start, other.end),
        // Several words of a name, one behind the other, are the name, however they are written.
        rules.capitals === 'names' && !isOneWord ? { ...rules, capitals: 'any' } : rules
      )
    })
    const last = run.at(-1)
    const start = run[0]?.start
    if (fits && last && start !== undefined) return { start, end: last.end }
  }
  return null
}

function capitalsFit(view: TextInView, wanted: string, found: string, { capitals, wordForms }: KeyRules): boolean {
  switch (capitals) {
    case 'any':
      return true
    case 'key':
      // Another form of the word has other letters at its end: its first letter says how it is written.
      return wordForms ? isCapital(wanted) === isCapital(found) : wanted === found
    case 'names':
      return !isCapital(wanted) || isCapital(found) || !view.hasCapitals()
  }
}

const isCapital = (word: string) => /^\p{Lu}/u.test(word)

/** The characters of a key, anywhere; with `wholeWords` not within a word. */
function findText(view: TextInView, key: string, { wholeWords, capitals }: KeyRules): FoundAt | null {
  const text = capitals === 'key' ? view.text : view.plain()
  const wanted = capitals === 'key' ? key : plainText(key)
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + 1)) {
    const end = start + wanted.length
    const within =
      (isLetter(text[start - 1]) && isLetter(wanted[0])) || (isLetter(text[end]) && isLetter(wanted.at(-1)))
    if (!wholeWords || !within) return { start, end }
  }
  return null
}

const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character)
