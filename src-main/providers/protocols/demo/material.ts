import type { Language } from '@contract/values'
import en from '@resources/demo/en.json'
import ru from '@resources/demo/ru.json'

/**
 * The Demo's texts, one file for each language in `resources/demo/`. Every text is a template (`template.ts`). Lists
 * run from the plainest text to the richest, and so do the options within a text: a low temperature takes the first.
 * The texts of one setting may stand in any order, so none may contradict another.
 */
export interface Material {
  /** The last one fits any story, for when nothing the writer says points to another. */
  settings: readonly Setting[]
  /** Texts that fit every setting. */
  anywhere: { senses: readonly string[]; events: readonly string[]; hooks: readonly string[] }
  echoes: Echoes
  nouns: readonly Noun[]
  polish: { openings: readonly string[]; cadences: readonly string[] }
  broken: BrokenEndings
  /** Capitalised words that are no names. */
  notNames: readonly string[]
  /** A regular expression for the word after a name that acts: tells names in the nominative. */
  subjectVerb: string
  /** Names of people, for structured answers. */
  people: readonly string[]
}

export interface Setting {
  id: string
  /** Words that point to the setting; `*` at the end takes any ending. */
  words: readonly string[]
  /** Begin a story: the place, and who is there. */
  openings: readonly string[]
  senses: readonly string[]
  events: readonly string[]
  dialogues: readonly string[]
  hooks: readonly string[]
}

/** First sentences that answer the writer's line without speaking for the writer's character. */
export interface Echoes {
  actions: readonly { words: readonly string[]; lines: readonly string[] }[]
  nouns: readonly string[]
  names: readonly string[]
  questions: readonly string[]
  speech: readonly string[]
  plain: readonly string[]
}

/** A thing a writer may mention. `forms` fill the slots of the noun echoes; `g` is m, f or n. */
export interface Noun {
  words: readonly string[]
  forms: Readonly<Record<string, string>>
}

/** How a sentence that someone else left unfinished is brought to its end. */
export interface BrokenEndings {
  after: readonly { words: readonly string[]; text: string }[]
  word: string
  comma: string
  quote: string
}

export const materials: Readonly<Record<Language, Material>> = { en, ru }
