import type { JsonValue } from '@contract/values'
import { fits } from '@contract/schema/validate-settings'
import type { Field } from './fields'
import { isObject, numberOf, stringOf } from '@contract/json'

/** Why a value cannot be kept: a text of `presets:form.problem` and the facts it names. */
export type Problem =
  | { key: 'number' | 'integer' | 'json' | 'pattern' | 'invalid' | 'required' | 'keyTwice' | 'keyEmpty' | 'twice' }
  | { key: 'min' | 'max' | 'above' | 'below' | 'step'; limit: number }
  | { key: 'between'; from: number; to: number }
  | { key: 'tooLong' | 'tooShort' | 'tooMany' | 'tooFew'; count: number }

function checkNumber(field: Field, value: number): Problem | null {
  const { schema } = field
  if (field.shape.control === 'number' && field.shape.integer && !Number.isInteger(value)) return { key: 'integer' }
  const from = numberOf(schema['minimum'])
  const to = numberOf(schema['maximum'])
  const above = numberOf(schema['exclusiveMinimum'])
  const below = numberOf(schema['exclusiveMaximum'])
  const tooSmall = from !== undefined && value < from
  const tooLarge = to !== undefined && value > to
  if ((tooSmall || tooLarge) && from !== undefined && to !== undefined) return { key: 'between', from, to }
  if (tooSmall) return { key: 'min', limit: from }
  if (tooLarge) return { key: 'max', limit: to }
  if (above !== undefined && value <= above) return { key: 'above', limit: above }
  if (below !== undefined && value >= below) return { key: 'below', limit: below }
  const step = numberOf(schema['multipleOf'])
  if (step !== undefined && Math.abs(value / step - Math.round(value / step)) > 1e-9)
    return { key: 'step', limit: step }
  return null
}

function checkText(field: Field, value: string): Problem | null {
  const longest = numberOf(field.schema['maxLength'])
  const shortest = numberOf(field.schema['minLength'])
  if (longest !== undefined && Array.from(value).length > longest) return { key: 'tooLong', count: longest }
  if (shortest !== undefined && Array.from(value).length < shortest) return { key: 'tooShort', count: shortest }
  const pattern = stringOf(field.schema['pattern'])
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return { key: 'pattern' }
  return null
}

function checkCount(field: Field, value: readonly JsonValue[]): Problem | null {
  const most = numberOf(field.schema['maxItems'])
  const least = numberOf(field.schema['minItems'])
  if (most !== undefined && value.length > most) return { key: 'tooMany', count: most }
  if (least !== undefined && value.length < least) return { key: 'tooFew', count: least }
  if (field.schema['uniqueItems'] === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length) {
    return { key: 'twice' }
  }
  return null
}

/** Whether a setting may hold a value; null when it may. The parts of a group are checked one by one. */
export function checkValue(field: Field, value: JsonValue): Problem | null {
  if (field.shape.control === 'group' && isObject(value)) return null
  const found =
    typeof value === 'number'
      ? checkNumber(field, value)
      : typeof value === 'string'
        ? checkText(field, value)
        : Array.isArray(value)
          ? checkCount(field, value)
          : null
  return found ?? (fits(field.schema, value) ? null : { key: 'invalid' })
}
