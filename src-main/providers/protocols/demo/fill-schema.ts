import { validateSettings } from '@contract/schema/validate-settings'
import { ProviderError } from '@contract/errors'
import type { JsonObject, JsonValue } from '@contract/values'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { DemoRequest } from './demo-request'
import { fillNumber } from './fill-number'
import { fillString } from './fill-string'
import { materials, type Material } from './material'
import { flatten, listOf, numberOf, objectOf, stringsOf, typeOf } from './schema-keywords'
import { hashText, seededRandom, type Random } from './seeded-random'
import { storyLanguage } from './story-language'

/** Below this depth only what is required is written, so that a schema that refers to itself comes to an end. */
const FULL_DEPTH = 5
const DEEPEST = 40
/** Tries with other branches and other words, before a schema counts as one that the Demo cannot fill. */
const ATTEMPTS = 6
const USUAL_ITEMS = 3
/** Values in one answer. */
const MOST_VALUES = 5000

interface Filling {
  root: JsonObject
  material: Material
  random: Random
  branch: number
  /** Values written so far. */
  written: number
}

class CannotFill extends Error {}

const fillArray = (schema: JsonObject, key: string, filling: Filling, depth: number): JsonValue[] => {
  const prefix = listOf(schema['prefixItems'])
  const low = numberOf(schema['minItems']) ?? 0
  const high = numberOf(schema['maxItems']) ?? Number.POSITIVE_INFINITY
  const usual = prefix.length > 0 ? prefix.length : USUAL_ITEMS
  const wanted = depth > FULL_DEPTH ? low : Math.min(high, Math.max(low, usual))
  const items: JsonValue[] = []
  const known = new Set<string>()
  for (let tries = 0; items.length < wanted && tries < wanted * 20; tries += 1) {
    const itemSchema = prefix[items.length] ?? schema['items']
    if (itemSchema === false) break
    const item = fill(itemSchema, key, filling, depth + 1)
    const text = JSON.stringify(item)
    if (schema['uniqueItems'] === true && known.has(text)) continue
    known.add(text)
    items.push(item)
  }
  return items
}

const fillObject = (schema: JsonObject, filling: Filling, depth: number): JsonObject => {
  const properties = objectOf(schema['properties'])
  const required = stringsOf(schema['required'])
  const optional = depth > FULL_DEPTH ? [] : Object.keys(properties).filter((key) => !required.includes(key))
  const most = numberOf(schema['maxProperties']) ?? Number.POSITIVE_INFINITY
  const keys = [...required, ...optional].slice(0, Math.max(most, required.length))
  const extra = Math.max(0, (numberOf(schema['minProperties']) ?? 0) - keys.length)
  const extraKeys = filling.material.nouns.map((noun) => noun.forms['nom'] ?? '').filter((key) => !keys.includes(key))
  // The order of the schema is the order in which a reader expects the fields.
  const ordered = [
    ...Object.keys(properties).filter((key) => keys.includes(key)),
    ...keys.filter((key) => !Object.hasOwn(properties, key)),
  ]
  const entries = [...ordered, ...extraKeys.slice(0, extra)].map((key): [string, JsonValue] => [
    key,
    fill(Object.hasOwn(properties, key) ? properties[key] : schema['additionalProperties'], key, filling, depth + 1),
  ])
  return Object.fromEntries(entries)
}

const fill = (schema: JsonValue | undefined, key: string, filling: Filling, depth: number): JsonValue => {
  filling.written += 1
  if (depth > DEEPEST || filling.written > MOST_VALUES) throw new CannotFill()
  const flat = flatten(schema, filling.root, filling.branch)
  if (flat === null) throw new CannotFill()
  if (flat['const'] !== undefined) return flat['const']
  const choices = listOf(flat['enum'])
  const choice = choices[Math.floor(filling.random() * choices.length)]
  if (choice !== undefined) return choice
  // Whoever gives a pattern and an example has said better what is meant than any words here could.
  const example = flat['default'] ?? listOf(flat['examples'])[0]
  if (flat['pattern'] !== undefined && example !== undefined) return example

  switch (typeOf(flat)) {
    case 'object':
      return fillObject(flat, filling, depth)
    case 'array':
      return fillArray(flat, key, filling, depth)
    case 'integer':
      return fillNumber(flat, true, filling.random)
    case 'number':
      return fillNumber(flat, false, filling.random)
    case 'boolean':
      return filling.random() < 0.5
    case 'null':
      return null
    default:
      return fillString(flat, key, filling.material, filling.random)
  }
}

const attempt = (filling: Filling): JsonValue | undefined => {
  try {
    return fill(filling.root, '', filling, 0)
  } catch (error) {
    if (error instanceof CannotFill) return undefined
    throw error
  }
}

/** Half of a surrogate pair in JSON, which writes it as an escape; a text with a backslash has two of them. */
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/

/**
 * A value that fits a JSON Schema (2020-12), with words of the story's language in its texts; the same for the same
 * request and seed. Throws `provider_request_rejected` for a schema that asks for more than the Demo can do, such as a
 * pattern without an example.
 */
export const fillSchema = (schema: JsonObject, request: DemoRequest, seed: number): JsonValue => {
  const material = materials[storyLanguage(request.messages)]
  const random = seededRandom(hashText(JSON.stringify([seed, request.model, request.messages])))
  // A name that is cut in the middle of an emoji cannot be written down, and the validator throws at it.
  const attempts = HALF_CHARACTER.test(JSON.stringify(schema)) ? 0 : ATTEMPTS
  for (let branch = 0; branch < attempts; branch += 1) {
    const value = attempt({ root: schema, material, random, branch, written: 0 })
    if (value !== undefined && validateSettings(schema, value).length === 0) return value
  }
  throw new ProviderFailure(ProviderError.RequestRejected, 'Demo cannot write an answer that fits this JSON Schema', {
    details: { provider: 'Demo', model: request.model },
  })
}
