import { z } from 'zod'
import { JsonObject } from '../values'

/**
 * What a value does not hold to, by the keyword of JSON Schema that asks for it, and what `expected` says of it:
 *
 * - `type`: `types` (`whole number` is `integer`), and `got`, the type that is there;
 * - `required`: `name` is not there; `dependentRequired`: and must be, because `other` is;
 * - `additionalProperties`: there is no such field as `name`; `propertyNames`: `name` is no name for a field;
 * - `items`: the list ends before this one;
 * - `enum`: one of `values`; `const`: `value`;
 * - `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `minLength`, `maxLength`, `minItems`,
 *   `maxItems`, `minProperties`, `maxProperties`: `limit`;
 * - `pattern`: `pattern`; `format`: `format`;
 * - `contains`: `least` and `most` (null for no end) of some kind must be there;
 * - `uniqueItems`, `anyOf`, `oneOf`, `not`: nothing more;
 * - `schema`: the schema itself cannot be used; `reason`, in English;
 * - `cells`: a row of a table has `cells`, and there are `columns`.
 *
 * And what keeps an answer from being read at all, so that there is no value; `line` and `column` are those of the
 * answer, from 1:
 *
 * - `nothing`: there is no JSON, or no table with these `columns`, or with any;
 * - `cut_off`: what begins in this `line` does not end;
 * - `broken`: in this `line` and `column`, `near` is no JSON, by the `flaw` (generation/json-value.ts);
 * - `too_deep`: there are too many objects and lists in one another, in this `line`;
 * - `same_column`: two columns have the `name`.
 */
export const valueKeywords = [
  'type',
  'required',
  'dependentRequired',
  'additionalProperties',
  'propertyNames',
  'items',
  'enum',
  'const',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'pattern',
  'format',
  'contains',
  'uniqueItems',
  'anyOf',
  'oneOf',
  'not',
  'schema',
  'cells',
  'nothing',
  'cut_off',
  'broken',
  'too_deep',
  'same_column',
] as const
export const ValueKeyword = z.enum(valueKeywords)
export type ValueKeyword = z.infer<typeof ValueKeyword>

/** One thing that is wrong with a value. */
export const ValueProblem = z.strictObject({
  /**
   * A JSON Pointer (RFC 6901) to what is wrong, or to where it should be: `/chapters/0/title`; empty for the whole value.
   * In a table, the first part is the row, from 0.
   */
  path: z.string(),
  keyword: ValueKeyword,
  expected: JsonObject,
  /** What is there, as JSON, and not all of what is long; null where nothing is. */
  got: z.string().nullable(),
  /** One English sentence without the path. */
  message: z.string(),
})
export type ValueProblem = z.infer<typeof ValueProblem>
