import fc from 'fast-check'
import type { JsonValue } from '@contract/values'

/** Fields of a role as every layer may set them; values are few, so that layers often say the same. */
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    0,
    1,
    0.8,
    true,
    false,
    '',
    'a',
    '__proto__',
    [],
    ['a'],
    { a: 1, b: [2] },
    { b: [2], a: 1 }
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })
)

const paths = [
  'enabled',
  'modelConfigId',
  'prompt',
  'providerId',
  'model',
  'serverId',
  'tokenIds',
  'tokenStrategy',
  'retries',
  'samplers.temperature',
  'samplers.top.p',
  'samplers.__proto__',
  'custom.x',
  'settings.order',
  'timeouts.totalMs',
]

const field = (nullable: boolean) =>
  fc.tuple(fc.constantFrom(...paths), nullable ? fc.option(value, { freq: 4, nil: null }) : value)

const fields = (nullable: boolean) =>
  fc.array(field(nullable), { maxLength: 12 }).map((entries) => new Map<string, JsonValue>(entries))

/** What a role has in effect, or what a preset says: nothing in it is null. */
export const anyFields = fields(false)

/** What a story says of a role: null takes a field away. */
export const anyOverrides = fields(true)
