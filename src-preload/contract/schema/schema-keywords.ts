import { isObject, listOf } from '../json'
import type { JsonValue } from '../values'
import { escapedPart } from './pointer'

/**
 * The keywords of JSON Schema 2020-12 that an answer can be held to: those of which every case of the JSON Schema Test
 * Suite is decided rightly (test/unit/generation/schema-suite.test.ts).
 */
export const offeredKeywords = [
  'type',
  'enum',
  'const',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'unevaluatedProperties',
  'dependentRequired',
  'dependentSchemas',
  'items',
  'prefixItems',
  'minItems',
  'maxItems',
  'uniqueItems',
  'contains',
  'minContains',
  'maxContains',
  'unevaluatedItems',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  '$ref',
  '$defs',
] as const
export type OfferedKeyword = (typeof offeredKeywords)[number]

/** Keywords that ask for nothing; `definitions` is what older drafts call `$defs`. */
type SpokenKeyword =
  | '$schema'
  | '$comment'
  | 'title'
  | 'description'
  | 'default'
  | 'examples'
  | 'deprecated'
  | 'readOnly'
  | 'writeOnly'
  | 'contentEncoding'
  | 'contentMediaType'
  | 'contentSchema'
  | 'definitions'

/** Formats that are checked, of which the same holds. */
export const offeredFormats = [
  'date',
  'time',
  'date-time',
  'duration',
  'email',
  'hostname',
  'ipv6',
  'uri',
  'uri-reference',
  'uri-template',
  'uuid',
  'regex',
  'json-pointer',
  'relative-json-pointer',
] as const

/** Keywords that there are and that no answer is held to: they change what a reference means, or belong to older drafts. */
export const refusedKeywords: ReadonlySet<string> = new Set([
  '$id',
  'id',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$recursiveRef',
  '$recursiveAnchor',
  '$vocabulary',
  'dependencies',
  'additionalItems',
])

/** What the value of a keyword must be. */
export type Wanted =
  | 'type'
  | 'values'
  | 'count'
  | 'number'
  | 'positive'
  | 'text'
  | 'truth'
  | 'names'
  | 'schema'
  | 'schemas'
  | 'named'
  | 'any'

interface KeywordRule {
  name: Wanted
  fits: (value: JsonValue) => boolean
  /** The schemas in it, with the way to each as a JSON Pointer. */
  parts: (value: JsonValue) => [path: string, schema: JsonValue][]
}

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
const isType = (value: JsonValue) => TYPES.some((type) => type === value)
const isName = (value: JsonValue) => typeof value === 'string'
const isNames = (value: JsonValue) =>
  Array.isArray(value) && value.every(isName) && new Set(value).size === value.length

const isSchemaPart = (value: JsonValue | undefined): boolean => typeof value === 'boolean' || isObject(value)

const none = (): [string, JsonValue][] => []
const rule = (name: Wanted, fits: KeywordRule['fits'], parts: KeywordRule['parts'] = none): KeywordRule => ({
  name,
  fits,
  parts,
})
const entriesOf = (value: JsonValue) => (isObject(value) ? Object.entries(value) : [])

const any = rule('any', () => true)
const text = rule('text', isName)
const truth = rule('truth', (value) => typeof value === 'boolean')
const number = rule('number', (value) => typeof value === 'number')
const count = rule('count', (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0)
const schema = rule('schema', isSchemaPart, (value) => [['', value]])
const schemas = rule(
  'schemas',
  (value) => Array.isArray(value) && value.length > 0 && value.every(isSchemaPart),
  (value) => listOf(value).map((part, index) => [`/${index}`, part])
)
const named = rule(
  'named',
  (value) => isObject(value) && Object.values(value).every(isSchemaPart),
  (value) => entriesOf(value).map(([name, part]) => [`/${escapedPart(name)}`, part])
)

const rules: readonly [rule: KeywordRule, names: readonly (OfferedKeyword | SpokenKeyword)[]][] = [
  [any, ['const', 'default']],
  [rule('values', (value) => Array.isArray(value)), ['enum', 'examples']],
  [
    rule('type', (value) => isType(value) || (Array.isArray(value) && value.length > 0 && value.every(isType))),
    ['type'],
  ],
  [text, ['pattern', 'format', '$ref', '$schema', '$comment', 'title', 'description']],
  [text, ['contentEncoding', 'contentMediaType']],
  [truth, ['uniqueItems', 'deprecated', 'readOnly', 'writeOnly']],
  [number, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']],
  [rule('positive', (value) => typeof value === 'number' && value > 0), ['multipleOf']],
  [count, ['minLength', 'maxLength', 'minItems', 'maxItems', 'minContains', 'maxContains']],
  [count, ['minProperties', 'maxProperties']],
  [rule('names', isNames), ['required']],
  [rule('named', (value) => isObject(value) && Object.values(value).every(isNames)), ['dependentRequired']],
  [schema, ['items', 'contains', 'unevaluatedItems', 'additionalProperties', 'unevaluatedProperties', 'propertyNames']],
  [schema, ['not', 'if', 'then', 'else', 'contentSchema']],
  [schemas, ['prefixItems', 'allOf', 'anyOf', 'oneOf']],
  [named, ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']],
]

/** What a keyword must have, for those that are offered and those that only say something to people and models. */
export const keywords: Readonly<Record<string, KeywordRule>> = Object.fromEntries(
  rules.flatMap(([one, names]) => names.map((name) => [name, one]))
)
