import type { Language } from '@contract/values'
import type { Material } from './material'
import { namesIn } from './names'
import type { Slots } from './template'
import { countMatches, wordsOf } from './word-pattern'

/** Texts that answer one side of the writer's line. */
export interface Echo {
  templates: readonly string[]
  slots: Slots
}

/** Ways to answer the writer's line, the most telling first, the one that fits any line last. */
export const echoesOf = (line: string, language: Language, material: Material): Echo[] => {
  const words = wordsOf(line)
  const { echoes } = material
  const actions = echoes.actions
    .filter((action) => countMatches(words, action.words) > 0)
    .map((action) => ({ templates: action.lines, slots: {} }))
  const nouns = material.nouns
    .filter((noun) => countMatches(words, noun.words) > 0)
    .map((noun) => ({ templates: echoes.nouns, slots: noun.forms }))
  const names = namesIn(line, language, material).map((name) => ({ templates: echoes.names, slots: { name } }))
  const questions = /\?\s*["”»]?\s*$/.test(line) ? [{ templates: echoes.questions, slots: {} }] : []
  const speech = /["“”«»]|^\s*[—–-]\s/.test(line) ? [{ templates: echoes.speech, slots: {} }] : []
  return [...names, ...actions, ...nouns, ...questions, ...speech, { templates: echoes.plain, slots: {} }]
}
