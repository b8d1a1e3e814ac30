import type { JsonValue } from '@contract/values'
import { REDACTED, type Redactor } from './redact'

const DEEPEST = 8
const MOST_ENTRIES = 200
const LONGEST_TEXT = 8000

/**
 * Any value as JSON that may leave Fabula: every text redacted, errors spelled out with their causes, bytes only
 * counted, cycles and very deep or long values cut. Never throws.
 */
export function redactValue(redactor: Redactor, value: unknown): JsonValue {
  return plain(redactor, value, [])
}

function plain(redactor: Redactor, value: unknown, inside: readonly object[]): JsonValue {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'string') return shortened(redactor.redact(value))
  if (typeof value === 'bigint' || typeof value === 'undefined') return String(value)
  if (typeof value !== 'object') return `[${typeof value}]`
  if (inside.includes(value)) return '[circular]'
  if (inside.length >= DEEPEST) return '[too deep]'
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  const within = [...inside, value]
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((item: unknown) => plain(redactor, item, within))
  return plainObject(redactor, value, within)
}

function plainObject(redactor: Redactor, value: object, inside: readonly object[]): JsonValue {
  try {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    const own = Object.entries(value).slice(0, MOST_ENTRIES)
    const entries = value instanceof Error ? [...errorEntries(value), ...own] : own
    return Object.fromEntries(
      entries
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [redactor.redact(key), plainEntry(redactor, key, item, inside)])
    )
  } catch {
    return '[unreadable]'
  }
}

const plainEntry = (redactor: Redactor, key: string, item: unknown, inside: readonly object[]): JsonValue =>
  typeof item === 'string' && isNamedAfterSecret(key) ? REDACTED : plain(redactor, item, inside)

/** A text in a field that is named after a secret is never shown, whatever it is. */
export const isNamedAfterSecret = (field: string): boolean =>
  /^(?:authorization|cookie|.*password|passphrase|secret|.*api[-_]?key)$/i.test(field)

/** What an error keeps out of its own enumerable fields. */
const errorEntries = (error: Error): [string, unknown][] => [
  ['name', error.name],
  ['message', error.message],
  ['stack', error.stack],
  ['cause', error.cause],
]

const shortened = (text: string): string =>
  text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}… (${text.length} characters)`
