import type { z } from 'zod'
import type { Becomes } from '@contract/entities/template'
import { entryFields, type WorldEntryKind } from '@contract/entities/world'
import { isObject } from '@contract/json'
import { cutText, freeName, isVisible, LONGEST_NAME, tidyName } from '@contract/names'
import type { JsonObject, JsonValue } from '@contract/values'
import { itemsOf, leavesOf } from './generation-words'

/** An entry of a world that an answer becomes. */
export interface MadeEntry {
  /** Null where the answer does not say it. */
  name: string | null
  fields: JsonObject
}

/** Where a text alone goes, by kind. */
const MAIN_FIELD: Record<WorldEntryKind, string> = {
  character: 'description',
  place: 'description',
  persona: 'description',
  lore: 'content',
}

/** What an answer becomes; of a list, each item. A text without a value goes as it is, under its title. */
export function entriesFrom(
  { kind, fields }: Becomes,
  { value, text, title }: { value: JsonValue; text: string; title: string }
): MadeEntry[] {
  if (value === null) return text.trim() === '' ? [] : [{ name: nameOf(title), fields: { [MAIN_FIELD[kind]]: text } }]
  return itemsOf(value).map((item) => ({
    name: nameOf(item[fields['name'] ?? 'name'] ?? null),
    fields: Object.fromEntries(
      Object.entries(entryFields[kind].shape).flatMap(([field, schema]) => {
        const fitting = asField(schema, item[fields[field] ?? field])
        return fitting === undefined ? [] : [[field, fitting]]
      })
    ),
  }))
}

/** Names of which none is taken, in their order. */
export function freeNames(names: readonly string[], taken: (name: string) => boolean): string[] {
  const given = new Set<string>()
  return names.map((name) => {
    const free = freeName(name, (one) => taken(one) || given.has(one))
    given.add(free)
    return free
  })
}

function nameOf(value: JsonValue): string | null {
  const [text = ''] = leavesOf(value)
  const name = cutText(tidyName(text), LONGEST_NAME).trim()
  return isVisible(name) ? name : null
}

/**
 * A value of an answer as a field takes it: as it is, as a text, or as a list of texts; undefined where it takes none of
 * these.
 */
function asField(schema: z.ZodType, value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === null) return undefined
  const forms = [value, inWords(value), leavesOf(value).flatMap(splitWords), leavesOf(value)]
  return forms.find((form) => schema.safeParse(form).success)
}

/** Keys and other names are often given in one text. */
const splitWords = (text: string) =>
  text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter(Boolean)

/** As a reader would write it down: a list line by line, an object with its names. */
function inWords(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(inWords).join('\n')
  if (isObject(value))
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${inWords(part)}`)
      .join('\n')
  return value === null ? '' : String(value)
}
