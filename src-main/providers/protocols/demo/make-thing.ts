import { isObject } from '@contract/json'
import type { JsonObject, JsonValue, Language } from '@contract/values'
import type { TextMessage } from '@main/providers/spec/chat'
import en from '@resources/demo/made.en.json'
import ru from '@resources/demo/made.ru.json'
import { objectOf } from './schema-keywords'
import { storyLanguage } from './story-language'
import { fillSlots } from './template'

/** What the Demo has ready for the templates of the starter set. */
interface Made {
  /** Regular expressions for what a form says, each with one group. */
  lines: { name: string; speakers: string; count: string }
  /** A thing is asked for by a schema with these keys. */
  things: readonly { keys: readonly string[]; values: readonly JsonObject[] }[]
  /** A text is asked for by these words. */
  texts: readonly { asks: string; text: string }[]
}
const all: Readonly<Record<Language, Made>> = { en, ru }

const SOURCE = /<text>\n([\s\S]*?)\n<\/text>/
/** Letters that a word of a name needs to be a key of lore. */
const SHORTEST_KEY = 4

const askedIn = (messages: readonly TextMessage[]): string =>
  messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) => content)
    .join('\n\n')

const lineIn = (asked: string, pattern: string): string | null =>
  new RegExp(pattern, 'mu').exec(asked)?.[1]?.trim() ?? null

/**
 * A character, a place, an entry of lore and the like, where a schema asks for one, with the name that the form gives it; a
 * summary or a critique with sentences of the text that it is about. Null where the Demo has nothing of the kind. It has the
 * keys of the schema that it knows, and may lack others.
 */
export function makeThing(schema: JsonObject, messages: readonly TextMessage[], seed: number): JsonObject | null {
  const { things, lines } = all[storyLanguage(messages)]
  const properties = objectOf(schema['properties'])
  const values = things.find(({ keys }) => keys.every((key) => Object.hasOwn(properties, key)))?.values ?? []
  const value = values[Math.abs(seed) % Math.max(1, values.length)]
  if (!value) return null
  const asked = askedIn(messages)
  const name = lineIn(asked, lines.name) ?? (typeof value['name'] === 'string' ? value['name'] : '')
  const source = sentencesOf(sourceIn(asked))
  const [first = '', ...others] = source
  if (first === '' && JSON.stringify(value).includes('<first>')) return null
  const slots = {
    name,
    words: keysOf(name).join('\n'),
    first,
    last: others.at(-1) ?? first,
    longest: source.toSorted((a, b) => b.length - a.length)[0] ?? '',
    retold: source
      .filter((_sentence, index) => index % 3 === 0)
      .slice(0, 6)
      .join(' '),
  }
  const made = objectOf(withSlots({ ...value, ...(Object.hasOwn(value, 'name') ? { name } : {}) }, slots))
  const count = Number(lineIn(asked, lines.count) ?? Number.POSITIVE_INFINITY)
  return Object.fromEntries(
    Object.entries(made)
      .filter(([key]) => Object.hasOwn(properties, key))
      .map(([key, part]) => [key, Array.isArray(part) ? part.slice(0, count) : part])
  )
}

/** A synopsis, a blurb or a conversation, where the form of the starter set asks for one; else null. */
export function makeText(messages: readonly TextMessage[]): string | null {
  const { texts, lines } = all[storyLanguage(messages)]
  const asked = askedIn(messages)
  const found = texts.find(({ asks }) => asked.includes(asks))
  if (!found) return null
  const [a = '', b = a] = (lineIn(asked, lines.speakers) ?? '')
    .split(';')
    .map((one) => one.split(',', 1)[0]?.trim() ?? '')
  return fillSlots(found.text, { a, b })
}

function withSlots(value: JsonValue, slots: Readonly<Record<string, string>>): JsonValue {
  if (typeof value === 'string') return fillSlots(value, slots)
  // A slot that stands alone in a list may bring several items.
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const filled = withSlots(item, slots)
      return item === '<words>' && typeof filled === 'string' ? filled.split('\n') : [filled]
    })
  }
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withSlots(part, slots)]))
}

const keysOf = (name: string): string[] => {
  const words = name.toLowerCase().match(/\p{L}+/gu) ?? []
  const telling = words.filter((word) => word.length >= SHORTEST_KEY)
  return telling.length > 0 ? telling : [name]
}

/** The text that a form is about: between its marks, or else the story, which stands between the first and the last words. */
const sourceIn = (asked: string): string =>
  SOURCE.exec(asked)?.[1] ??
  asked
    .split(/\n\s*\n/)
    .slice(1, -2)
    .join('\n\n')

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…]["”»’)]?)\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
