import { isObject, listOf } from '@contract/json'
import { cutText } from '@contract/names'
import type { TemplateContent } from '@contract/entities/template'
import type { JsonObject, JsonValue } from '@contract/values'
import type { GenerationRow } from '@main/data/stored-generation'

/** Characters of a title, of an excerpt, and of what a generation is found by. */
const LONGEST_TITLE = 120
const LONGEST_EXCERPT = 200
const LONGEST_WORDS = 20_000
/** Items of a list that its title names. */
const NAMED = 5

/** What an answer calls the thing that it tells of, where the template does not say it. */
const NAME_KEYS = ['name', 'title', 'имя', 'название', 'заголовок']

/** A text without what tells its capitals and accents apart. */
export const folded = (text: string): string => text.normalize('NFC').toUpperCase().toLowerCase()

/** What is looked for, word by word. */
export const searchedWords = (text: string): string[] => folded(text).split(/\s+/).filter(Boolean)

/** How a generation is shown in a list, and what it is found by. */
export function wordsOf(
  { templateName, format, inputs, selection, text, value }: GenerationRow,
  { becomes }: Pick<TemplateContent, 'becomes'>
): Pick<GenerationRow, 'title' | 'excerpt' | 'words'> {
  const nameKey = becomes?.fields['name']
  // Data that cannot be read says nothing by its first line.
  const words = format === 'text' ? firstLine(text) : ''
  const title = cutText(value === null ? words : titleOf(value, nameKey), LONGEST_TITLE)
  const searched = [templateName, title, ...leavesOf(inputs), selection, text]
  return {
    title,
    excerpt: cutText(oneLine(restOf(text, value, title)), LONGEST_EXCERPT),
    words: cutText(folded(searched.join('\n')), LONGEST_WORDS),
  }
}

/** What an answer says beside its title. */
function restOf(text: string, value: JsonValue, title: string): string {
  if (value !== null)
    return leavesOf(value)
      .filter((leaf) => firstLine(leaf) !== title)
      .join(' · ')
  return firstLine(text) === title ? text.trimStart().replace(/^[^\n]*/, '') : text
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** Without the signs of a heading or of a list. */
const firstLine = (text: string): string => {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? ''
  return oneLine(line.replace(/^\s*(?:#+|[-*>])\s+/, '').replaceAll('**', ''))
}

function titleOf(value: JsonValue, nameKey: string | undefined): string {
  if (Array.isArray(value)) {
    const named = value.slice(0, NAMED).map((one) => titleOf(one, nameKey))
    return named.filter(Boolean).join(', ') + (value.length > NAMED ? ' …' : '')
  }
  if (!isObject(value)) return oneLine(String(value))
  const texts = Object.entries(value).filter((entry): entry is [string, string] => isWords(entry[1]))
  const keys = nameKey === undefined ? NAME_KEYS : [nameKey, ...NAME_KEYS]
  const [name = texts[0]] = keys.flatMap((key) => texts.filter(([one]) => one.toLowerCase() === key.toLowerCase()))
  if (name) return firstLine(name[1])
  // A list that stands alone in an object is what it tells of.
  const [only, ...others] = Object.values(value)
  return only !== undefined && others.length === 0 && Array.isArray(only) ? titleOf(only, nameKey) : ''
}

const isWords = (value: JsonValue): value is string => typeof value === 'string' && value.trim() !== ''

/** All that a value says, in its order. */
export function leavesOf(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf)
  if (isObject(value)) return Object.values(value).flatMap(leavesOf)
  return value === null || value === '' ? [] : [String(value)]
}

/** The things that an answer tells of: itself, or the items of its list. */
export function itemsOf(value: JsonValue): JsonObject[] {
  if (Array.isArray(value)) return value.filter(isObject)
  if (!isObject(value)) return []
  const [only, ...others] = Object.values(value)
  const inside = others.length === 0 ? listOf(only).filter(isObject) : []
  return inside.length > 0 ? inside : [value]
}
