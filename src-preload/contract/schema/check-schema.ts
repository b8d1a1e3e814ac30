import { isObject, textOf } from '../json'
import type { JsonObject, JsonValue } from '../values'
import { escapedPart, valueAtPointer } from './pointer'
import { keywords, offeredFormats, refusedKeywords, type Wanted } from './schema-keywords'

/**
 * What is wrong with a schema itself:
 *
 * - `no_schema`: an object of keywords, true or false must stand here;
 * - `not_offered`: this keyword of JSON Schema is not supported here (`$dynamicRef`, `$id` inside …), or this dialect;
 * - `unknown`: there is no such keyword, so it asks for nothing; not fatal;
 * - `wrong_value`: the keyword must have another value (`wanted`);
 * - `no_target`: a `$ref` leads to nothing in this schema, or out of it;
 * - `endless`: a schema leads to itself without a step into the value;
 * - `pattern`: no regular expression; `format`: no format that is checked;
 * - `too_deep`: schemas are nested further than any needs.
 */
export type SchemaProblemKind =
  | 'no_schema'
  | 'not_offered'
  | 'unknown'
  | 'wrong_value'
  | 'no_target'
  | 'endless'
  | 'pattern'
  | 'format'
  | 'too_deep'

export interface SchemaProblem {
  /** A JSON Pointer into the schema. */
  path: string
  kind: SchemaProblemKind
  /** Without this, values can be checked all the same. */
  fatal: boolean
  /** The keyword, or what it says. */
  name: string
  /** Of `wrong_value`. */
  wanted: Wanted | null
}

/** The drafts of JSON Schema; in what is offered they say the same. */
const DIALECT = /^https?:\/\/json-schema\.org\/(?:draft\/20\d\d-\d\d|draft-0\d)\/schema#?$/

/** Schemas in one another. */
const DEEPEST = 64

/** What is wrong with a JSON Schema, in its order; empty for one that values can be checked with. */
export function checkSchema(schema: JsonValue): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const check: Check = { problems, places: new Set(), references: [], depth: 0 }
  checkPart(schema, '', check)
  for (const { at, ref } of check.references)
    if (!check.places.has(pointerIn(ref) ?? ' '))
      problems.push({ path: at, kind: 'no_target', fatal: true, name: ref, wanted: null })
  if (problems.every(({ fatal }) => !fatal)) problems.push(...endlessIn(schema))
  return problems
}

interface Check {
  problems: SchemaProblem[]
  /** Where schemas stand, as JSON Pointers: there alone references can lead. */
  places: Set<string>
  references: { at: string; ref: string }[]
  depth: number
}

function checkPart(part: JsonValue | undefined, path: string, check: Check): void {
  const say = (at: string, kind: SchemaProblemKind, name: string, wanted: Wanted | null = null) =>
    check.problems.push({ path: at, kind, fatal: kind !== 'unknown', name, wanted })
  check.places.add(path)
  if (typeof part === 'boolean') return
  if (!isObject(part)) return void say(path, 'no_schema', '')
  if (check.depth > DEEPEST) return void say(path, 'too_deep', '')
  const inner = { ...check, depth: check.depth + 1 }

  for (const [name, value] of Object.entries(part)) {
    const at = `${path}/${escapedPart(name)}`
    const wanted = Object.hasOwn(keywords, name) ? keywords[name] : undefined
    if (wanted === undefined) {
      // The name of the whole schema changes nothing.
      if (name === '$id' && path === '') continue
      if (refusedKeywords.has(name)) say(at, 'not_offered', name)
      else if (!name.startsWith('x-')) say(at, 'unknown', name)
      continue
    }
    if (!wanted.fits(value)) {
      say(at, 'wrong_value', name, wanted.name)
      continue
    }
    for (const [key, below] of wanted.parts(value)) checkPart(below, `${at}${key}`, inner)
    if (name === '$schema' && !DIALECT.test(textOf(value))) say(at, 'not_offered', textOf(value))
    if (name === 'pattern' && !isPattern(value)) say(at, 'pattern', textOf(value))
    if (name === 'patternProperties')
      for (const key of Object.keys(isObject(value) ? value : {}))
        if (!isPattern(key)) say(`${at}/${escapedPart(key)}`, 'pattern', key)
    if (name === 'format' && !offeredFormats.some((format) => format === value)) say(at, 'format', textOf(value))
    if (name === '$ref') check.references.push({ at, ref: textOf(value) })
  }
}

/** As the validator reads patterns. */
function isPattern(source: JsonValue): boolean {
  try {
    return new RegExp(textOf(source), 'u') instanceof RegExp
  } catch {
    return false
  }
}

/** Where a reference inside of a schema leads. */
function targetOf(ref: string, root: JsonValue): JsonValue | undefined {
  const pointer = pointerIn(ref)
  return pointer === null ? undefined : valueAtPointer(root, pointer)
}

/** The place that a reference names; null for one that leads out of the schema. */
function pointerIn(ref: string): string | null {
  if (ref !== '#' && !ref.startsWith('#/')) return null
  try {
    return decodeURIComponent(ref.slice(1))
  } catch {
    return null
  }
}

/** Keywords whose schemas are held against the same place of the value. */
const SAME_PLACE = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'] as const

/** References by which a schema leads to itself at one place of the value: checking with it would not end. */
function endlessIn(root: JsonValue): SchemaProblem[] {
  const done = new Set<JsonValue>()
  const endless = new Map<string, SchemaProblem>()
  const follow = (part: JsonValue | undefined, path: string, above: ReadonlySet<JsonValue>) => {
    if (!isObject(part) || done.has(part)) return
    const within = new Set([...above, part])
    for (const [keyword, below] of samePlaceIn(part, root)) {
      const at = `${path}/${keyword}`
      if (isObject(below) && within.has(below))
        endless.set(at, { path: at, kind: 'endless', fatal: true, name: textOf(part['$ref'] ?? ''), wanted: null })
      else follow(below, at, within)
    }
    done.add(part)
  }
  const visit = (part: JsonValue | undefined, path: string) => {
    follow(part, path, new Set())
    if (!isObject(part)) return
    for (const [name, value] of Object.entries(part))
      for (const [key, below] of keywords[name]?.parts(value) ?? []) visit(below, `${path}/${escapedPart(name)}${key}`)
  }
  visit(root, '')
  return [...endless.values()]
}

function samePlaceIn(part: JsonObject, root: JsonValue): [keyword: string, schema: JsonValue | undefined][] {
  return SAME_PLACE.flatMap((keyword): [string, JsonValue | undefined][] => {
    const value = part[keyword]
    if (value === undefined) return []
    if (keyword === '$ref') return [[keyword, targetOf(textOf(value), root)]]
    return (keywords[keyword]?.parts(value) ?? []).map(([key, below]) => [`${keyword}${key}`, below])
  })
}
