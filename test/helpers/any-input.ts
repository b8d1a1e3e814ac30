import fc from 'fast-check'
import { z } from 'zod'

/** The parts of JSON Schema that zod writes for inputs. */
export interface Shape {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  propertyNames?: Shape
  additionalProperties?: Shape | boolean
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
  pattern?: string
  format?: string
  $ref?: string
  $defs?: Record<string, Shape>
}

/** What breaks programs: words of the language, halves of characters, signs that nobody sees, texts that say too much. */
const oddTexts = [
  '',
  ' ',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'main',
  'storyteller',
  'nobody',
  'guard',
  'embedding',
  'Name',
  '\ud800',
  'a\udfffb',
  '\u0000',
  '\u200b',
  '\u202e',
  '🙂',
  'Ё',
  '{{title}}',
  "'; DROP TABLE stories; --",
  '"*" OR NEAR(',
  'x'.repeat(400),
  'samplers.temperature',
  'samplers.constructor',
  'custom.toString',
  'timeouts.totalMs',
  'samplers.__proto__',
  'settings.constructor',
  'tokenIds',
  'enabled',
  'http://127.0.0.1:9/v1',
  'http://[::1]:9',
]
const oddNumbers = [0, -0, 1, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 120, 1000, 3_600_000]

/** An object or a list so deep that whoever walks it by calling itself runs out of stack. */
export const deep = (levels: number, list: boolean): unknown => {
  let value: object = []
  for (let level = 0; level < levels; level += 1) value = list ? [value] : { inner: value }
  // Whoever reports it would run out of stack, too.
  return Object.defineProperty(value, fc.toStringMethod, { value: () => `<${levels} levels deep>` })
}
const anyDeep = fc
  .record({ levels: fc.constantFrom(40, 3000, 20_000), list: fc.boolean() })
  .map(({ levels, list }) => deep(levels, list))

const anyJson = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...oddTexts, ...oddNumbers) },
  { weight: 1, arbitrary: anyDeep }
)

interface Known {
  ids: readonly string[]
  urls: readonly string[]
}

/** Inputs that a schema mostly takes, with ids and addresses out of `known`, and now and then a wrong value somewhere. */
export const anyInput = (schema: z.ZodType, known: Known) =>
  anyFitting(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, known)

/** The same of a JSON Schema; what it refers to stands in its `$defs`. */
export function anyFitting(root: Shape, known: Known): fc.Arbitrary<unknown> {
  const anyText = (shape: Shape): fc.Arbitrary<unknown> => {
    if (shape.format === 'uuid') return fc.constantFrom(...known.ids)
    if (shape.format === 'date-time')
      return fc.constantFrom('2000-01-01T00:00:00.000Z', '2026-03-01T12:00:00.000Z', '2100-01-01T00:00:00.000Z')
    const { minLength = 0, maxLength = 200 } = shape
    const fits = oddTexts.filter(({ length }) => length >= minLength && length <= maxLength)
    const others = fc.oneof(fc.constantFrom(...fits, ...known.urls, ...known.ids), fc.string({ maxLength: 20 }))
    const pattern = shape.pattern === undefined ? null : new RegExp(shape.pattern, 's')
    const meant = fits.filter((text) => pattern?.test(text))
    return meant.length === 0 ? others : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...meant) }, others)
  }
  const anyObject = (shape: Shape, depth: number): fc.Arbitrary<unknown> => {
    const { properties, required = [], additionalProperties: more, propertyNames } = shape
    if (properties) {
      const parts = Object.entries(properties).map(([name, part]) => [name, of(part, depth + 1)] as const)
      return fc.record(Object.fromEntries(parts), {
        requiredKeys: Object.keys(properties).filter((name) => required.includes(name)),
      })
    }
    const keys = propertyNames ? anyText(propertyNames) : fc.constantFrom(...oddTexts)
    const values = typeof more === 'object' ? of(more, depth + 1) : anyJson
    return fc.array(fc.tuple(keys.map(String), values), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs))
  }
  const plain = (shape: Shape, depth: number): fc.Arbitrary<unknown> => {
    if (shape.$ref) {
      const named = root.$defs?.[shape.$ref.split('/').at(-1) ?? '']
      return depth > 4 || !named ? anyJson : of(named, depth + 1)
    }
    if (shape.const !== undefined) return fc.constant(shape.const)
    if (shape.enum) return fc.constantFrom(...shape.enum)
    const ways = shape.anyOf ?? shape.oneOf
    if (ways) return depth > 4 ? anyJson : fc.oneof(...ways.map((way) => of(way, depth + 1)))
    if (shape.allOf) return of(Object.assign({}, ...shape.allOf) as Shape, depth + 1)
    const { minimum = -1000, maximum = 1_000_000 } = shape
    switch (shape.type) {
      case 'string':
        return anyText(shape)
      case 'integer':
        return fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31) })
      case 'number':
        return fc.oneof(fc.double({ min: minimum, max: maximum, noNaN: true }), fc.constantFrom(...oddNumbers))
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return fc.array(shape.items ? of(shape.items, depth + 1) : anyJson, { maxLength: 3 })
      case 'object':
        return anyObject(shape, depth)
      default:
        return anyJson
    }
  }
  const of = (shape: Shape, depth: number): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 30, arbitrary: plain(shape, depth) }, { weight: 1, arbitrary: anyJson })
  return fc.oneof({ weight: 9, arbitrary: plain(root, 0) }, { weight: 1, arbitrary: anyJson })
}
