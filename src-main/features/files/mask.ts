import { sameJson } from '@contract/json'
import { cutText } from '@contract/names'
import { HttpUrl, type JsonObject, type JsonValue } from '@contract/values'
import { REDACTED, type Redactor } from '@main/platform/redact'
import { isNamedAfterSecret } from '@main/platform/redact-value'

/** Keeps secrets out of what is about to be written into a file, or shown of one. */
export interface Mask {
  /**
   * A name, a model or an id: without known secrets. What only looks like one stays, for such a name may be any word
   * (`hf-inference`). At most `longest` characters.
   */
  named(text: string, longest: number): string
  /** The same of an address, which is one afterwards, too. */
  address(url: string): string
  /** Text that may hold anything: without what looks like a secret, too. At most `longest` characters. */
  free(text: string, longest: number): string
  /** Fields that may hold anything. Text in one that is named after a secret goes as a whole. */
  freeFields(fields: JsonObject): JsonObject
  /** The fields in which nothing is, or looks like, a secret. */
  spotless<Value extends JsonValue>(fields: Readonly<Record<string, Value>>): Record<string, Value>
  /** Settings that a schema declares. One with a known secret in it is left out: what remained would be no value of it. */
  declared(fields: JsonObject): JsonObject
}

/** Leads nowhere (RFC 2606). */
const NO_ADDRESS = 'http://redacted.invalid'

export function createMask(redactor: Redactor): Mask {
  const freeValue = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return redactor.redact(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(freeValue)
    return freeFields(value)
  }
  const freeFields = (fields: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        redactor.redact(key),
        typeof value === 'string' && isNamedAfterSecret(key) ? REDACTED : freeValue(value),
      ])
    )
  const holdsSecret = (value: JsonValue): boolean => {
    if (typeof value === 'string') return redactor.redactKnown(value) !== value
    if (typeof value !== 'object' || value === null) return false
    return Array.isArray(value)
      ? value.some(holdsSecret)
      : Object.entries(value).some(([key, item]) => holdsSecret(key) || holdsSecret(item))
  }
  const isStained = (key: string, value: JsonValue): boolean =>
    !sameJson(freeFields({ [key]: value }), { [key]: value })
  return {
    named: (text, longest) => cutText(redactor.redactKnown(text), longest),
    address: (url) => {
      const masked = redactor.redactKnown(url).replaceAll(REDACTED, 'redacted')
      return HttpUrl.safeParse(masked).success ? masked : NO_ADDRESS
    },
    free: (text, longest) => cutText(redactor.redact(text), longest),
    freeFields,
    spotless: (fields) => Object.fromEntries(Object.entries(fields).filter(([key, value]) => !isStained(key, value))),
    declared: (fields) =>
      Object.fromEntries(Object.entries(fields).filter(([key, value]) => !holdsSecret(key) && !holdsSecret(value))),
  }
}

/** The longest value that a loss shows, in characters. */
const LONGEST_VALUE = 200

/** The value of a field that is left behind, as JSON without secrets. */
export function lossShown(redactor: Redactor, field: string, value: JsonValue): string {
  // Files of SillyTavern may hold the password of a proxy or headers with a key.
  const masked = createMask(redactor).freeFields({ [field]: /headers|secret/.test(field) ? REDACTED : value })
  const text = JSON.stringify(Object.values(masked)[0])
  return text.length <= LONGEST_VALUE ? text : `${cutText(text, LONGEST_VALUE - 1)}…`
}
