import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isObject } from '@contract/json'
import { checkSchema } from '@contract/schema/check-schema'
import { checkValue } from '@contract/schema/check-value'
import { offeredFormats, offeredKeywords } from '@contract/schema/schema-keywords'
import { validateSettings } from '@contract/schema/validate-settings'
import type { JsonValue } from '@contract/values'
import { schemaSuite } from '@test/helpers/schema-suite'

const because = schemaSuite ? '' : ' (skipped: its files are fetched by .ci/schema-suite)'
const folder = schemaSuite ?? new URL(import.meta.url)
/** Read without a schema of ours: that would take out the fields named `__proto__` that some cases are about. */
type Suite = {
  description: string
  schema: JsonValue
  tests: { description: string; data: JsonValue; valid: boolean }[]
}[]

/** One schema of the suite with its cases: which of them are decided rightly, and whether the app takes it at all. */
interface Group {
  file: string
  name: string
  /** Why the app refuses the schema; empty where it takes it. */
  refused: string[]
  right: number
  wrong: string[]
}

const isValid = (schema: JsonValue, data: JsonValue): boolean | 'throws' => {
  const object = isObject(schema) ? schema : { allOf: [schema] }
  const problems = checkValue(object, data)
  try {
    // What settings are checked with says the same.
    if ((validateSettings(object, data).length === 0) !== (problems.length === 0)) return 'throws'
  } catch {
    return 'throws'
  }
  return problems.length === 0
}

function groupsIn(path: string): Group[] {
  const suite: Suite = JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
  return suite.map(({ description, schema, tests }) => {
    const refused = checkSchema(schema).flatMap(({ kind, name, fatal }) => (fatal ? [`${kind} ${name}`] : []))
    const wrong = tests.filter(({ data, valid }) => isValid(schema, data) !== valid).map((one) => one.description)
    return { file: path.replace('.json', ''), name: description, refused, right: tests.length - wrong.length, wrong }
  })
}

/** All that every validator must do, and of what it may do, what is offered here. */
const files = (): string[] => [
  ...readdirSync(folder).filter((name) => name.endsWith('.json')),
  ...['bignum', 'ecmascript-regex', 'float-overflow', 'format-assertion', 'non-bmp-regex'].map(
    (name) => `optional/${name}.json`
  ),
  ...offeredFormats.toSorted().map((format) => `optional/format/${format}.json`),
]

const groups = schemaSuite ? files().flatMap(groupsIn) : []

/** The keyword whose cases a file holds. */
const fileOf = (keyword: string): string => {
  if (['if', 'then', 'else'].includes(keyword)) return 'if-then-else'
  return ['$ref', '$defs'].includes(keyword) ? 'ref' : keyword
}

/** The suite holds that formats are words alone; here they are checked, as its optional cases want it. */
const ANNOTATION = /^invalid .* string is only an annotation by default$/

describe.skipIf(!schemaSuite)(
  `the validator of answers, by the JSON Schema Test Suite (draft 2020-12)${because}`,
  () => {
    it('decides every case of the keywords and formats that are offered', () => {
      const rows = [...new Set(groups.map(({ file }) => file))].map((file) => {
        const of = groups.filter((group) => group.file === file)
        const taken = of.filter(({ refused }) => refused.length === 0)
        const count = (list: Group[], what: (group: Group) => number) =>
          list.reduce((sum, group) => sum + what(group), 0)
        return {
          file,
          right: count(taken, ({ right }) => right),
          wrong: count(taken, ({ wrong }) => wrong.length),
          'in schemas that are refused':
            count(of, ({ right, wrong }) => right + wrong.length) -
            count(taken, ({ right, wrong }) => right + wrong.length),
        }
      })
      console.table(rows)
      const wrong = groups.flatMap(({ file, name, refused, wrong: cases }) =>
        refused.length > 0
          ? []
          : cases.filter((one) => !(file === 'format' && ANNOTATION.test(one))).map((one) => `${file}: ${name}: ${one}`)
      )
      expect(wrong).toEqual([])
    })

    it('has cases for each keyword and format that is offered', () => {
      const decided = (file: string) =>
        groups.filter((group) => group.file === file && group.refused.length === 0).length
      expect(offeredKeywords.filter((keyword) => decided(fileOf(keyword)) === 0)).toEqual([])
      expect(offeredFormats.filter((format) => decided(`optional/format/${format}`) === 0)).toEqual([])
    })

    it('refuses no schema but those with keywords that are not offered', () => {
      const refused = groups.filter((group) => group.refused.length > 0)
      expect(refused.map(({ file, name, refused: [why] }) => `${file}: ${name}: ${why}`)).toMatchInlineSnapshot(`
      [
        "anchor: Location-independent identifier: not_offered $anchor",
        "anchor: Location-independent identifier with absolute URI: not_offered $id",
        "anchor: Location-independent identifier with base URI change in subschema: not_offered $id",
        "anchor: same $anchor with different base uri: not_offered $id",
        "defs: validate definition against metaschema: no_target https://json-schema.org/draft/2020-12/schema",
        "dynamicRef: A $dynamicRef to a $dynamicAnchor in the same schema resource behaves like a normal $ref to an $anchor: not_offered $dynamicRef",
        "dynamicRef: A $dynamicRef to an $anchor in the same schema resource behaves like a normal $ref to an $anchor: not_offered $dynamicRef",
        "dynamicRef: A $ref to a $dynamicAnchor in the same schema resource behaves like a normal $ref to an $anchor: not_offered $dynamicAnchor",
        "dynamicRef: A $dynamicRef resolves to the first $dynamicAnchor still in scope that is encountered when the schema is evaluated: not_offered $dynamicAnchor",
        "dynamicRef: A $dynamicRef without anchor in fragment behaves identical to $ref: not_offered $dynamicAnchor",
        "dynamicRef: A $dynamicRef with intermediate scopes that don't include a matching $dynamicAnchor does not affect dynamic scope resolution: not_offered $dynamicAnchor",
        "dynamicRef: An $anchor with the same name as a $dynamicAnchor is not used for dynamic scope resolution: not_offered $anchor",
        "dynamicRef: A $dynamicRef without a matching $dynamicAnchor in the same schema resource behaves like a normal $ref to $anchor: not_offered $dynamicAnchor",
        "dynamicRef: A $dynamicRef with a non-matching $dynamicAnchor in the same schema resource behaves like a normal $ref to $anchor: not_offered $dynamicAnchor",
        "dynamicRef: A $dynamicRef that initially resolves to a schema with a matching $dynamicAnchor resolves to the first $dynamicAnchor in the dynamic scope: not_offered $dynamicAnchor",
        "dynamicRef: A $dynamicRef that initially resolves to a schema without a matching $dynamicAnchor behaves like a normal $ref to $anchor: not_offered $dynamicAnchor",
        "dynamicRef: multiple dynamic paths to the $dynamicRef keyword: not_offered $id",
        "dynamicRef: after leaving a dynamic scope, it is not used by a $dynamicRef: not_offered $id",
        "dynamicRef: strict-tree schema, guards against misspelled properties: not_offered $dynamicAnchor",
        "dynamicRef: tests for implementation dynamic anchor and reference link: not_offered $dynamicAnchor",
        "dynamicRef: $ref and $dynamicAnchor are independent of order - $defs first: not_offered $dynamicAnchor",
        "dynamicRef: $ref and $dynamicAnchor are independent of order - $ref first: not_offered $dynamicAnchor",
        "dynamicRef: $ref to $dynamicRef finds detached $dynamicAnchor: no_target http://localhost:1234/draft2020-12/detached-dynamicref.json#/$defs/foo",
        "dynamicRef: $dynamicRef points to a boolean schema: not_offered $dynamicRef",
        "dynamicRef: $dynamicRef skips over intermediate resources - direct reference: not_offered $id",
        "format: idn-email format: format idn-email",
        "format: ipv4 format: format ipv4",
        "format: idn-hostname format: format idn-hostname",
        "format: iri format: format iri",
        "format: iri-reference format: format iri-reference",
        "ref: remote ref, containing refs itself: no_target https://json-schema.org/draft/2020-12/schema",
        "ref: Recursive references between schemas: not_offered $id",
        "ref: refs with relative uris and defs: not_offered $id",
        "ref: relative refs with absolute uris and defs: not_offered $id",
        "ref: $id must be resolved against nearest parent, not just immediate parent: not_offered $id",
        "ref: order of evaluation: $id and $ref: not_offered $id",
        "ref: order of evaluation: $id and $anchor and $ref: not_offered $anchor",
        "ref: simple URN base URI with $ref via the URN: no_target urn:uuid:deadbeef-1234-ffff-ffff-4321feebdaed",
        "ref: URN base URI with URN and JSON pointer ref: no_target urn:uuid:deadbeef-1234-0000-0000-4321feebdaed#/$defs/bar",
        "ref: URN base URI with URN and anchor ref: not_offered $anchor",
        "ref: URN ref with nested pointer ref: not_offered $id",
        "ref: ref to if: not_offered $id",
        "ref: ref to then: not_offered $id",
        "ref: ref to else: not_offered $id",
        "ref: ref with absolute-path-reference: not_offered $id",
        "refRemote: remote ref: no_target http://localhost:1234/draft2020-12/integer.json",
        "refRemote: fragment within remote ref: no_target http://localhost:1234/draft2020-12/subSchemas.json#/$defs/integer",
        "refRemote: anchor within remote ref: no_target http://localhost:1234/draft2020-12/locationIndependentIdentifier.json#foo",
        "refRemote: ref within remote ref: no_target http://localhost:1234/draft2020-12/subSchemas.json#/$defs/refToInteger",
        "refRemote: base URI change: not_offered $id",
        "refRemote: base URI change - change folder: not_offered $id",
        "refRemote: base URI change - change folder in subschema: not_offered $id",
        "refRemote: root ref in remote ref: no_target name-defs.json#/$defs/orNull",
        "refRemote: remote ref with ref to defs: no_target ref-and-defs.json",
        "refRemote: Location-independent identifier in remote ref: no_target http://localhost:1234/draft2020-12/locationIndependentIdentifier.json#/$defs/refToInteger",
        "refRemote: retrieved nested refs resolve relative to their URI not $id: no_target nested/foo-ref-string.json",
        "refRemote: remote HTTP ref with different $id: no_target http://localhost:1234/different-id-ref-string.json",
        "refRemote: remote HTTP ref with different URN $id: no_target http://localhost:1234/urn-ref-string.json",
        "refRemote: remote HTTP ref with nested absolute ref: no_target http://localhost:1234/nested-absolute-ref-to-string.json",
        "refRemote: $ref to $ref finds detached $anchor: no_target http://localhost:1234/draft2020-12/detached-ref.json#/$defs/foo",
        "unevaluatedItems: unevaluatedItems with $dynamicRef: not_offered $dynamicAnchor",
        "unevaluatedProperties: unevaluatedProperties with $dynamicRef: not_offered $dynamicAnchor",
        "vocabulary: schema that uses custom metaschema with with no validation vocabulary: not_offered http://localhost:1234/draft2020-12/metaschema-no-validation.json",
        "vocabulary: ignore unrecognized optional vocabulary: not_offered http://localhost:1234/draft2020-12/metaschema-optional-vocabulary.json",
        "optional/format-assertion: schema that uses custom metaschema with format-assertion: false: not_offered http://localhost:1234/draft2020-12/format-assertion-false.json",
        "optional/format-assertion: schema that uses custom metaschema with format-assertion: true: not_offered http://localhost:1234/draft2020-12/format-assertion-true.json",
      ]
    `)
    })
  }
)
