import type { JsonValue } from '@contract/values'
import { REDACTED, type Redactor } from '@main/platform/redact'

/** Fields whose name says that a secret stands in them, in what the user may name freely. */
const SECRET_FIELD = /^(?:authorization|cookie|password|passphrase|secret|.*api[-_]?key)$/i

/**
 * The same value without what is known to be a key or looks like one. No field of a file is meant for a key, but a writer
 * may have pasted one into a description or a custom parameter.
 */
export function withoutSecrets(redactor: Redactor, value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactor.redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(redactor, item))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      redactor.redact(key),
      typeof item === 'string' && SECRET_FIELD.test(key) ? REDACTED : withoutSecrets(redactor, item),
    ])
  )
}
