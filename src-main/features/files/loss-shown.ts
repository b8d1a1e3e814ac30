import { cutText } from '@contract/names'
import type { JsonValue } from '@contract/values'
import { REDACTED, type Redactor } from '@main/platform/redact'
import { createMask } from './mask'

/** The longest value that a loss shows, in characters. */
const LONGEST_VALUE = 200

/** The value of a field that is left behind, as JSON without secrets. */
export function lossShown(redactor: Redactor, field: string, value: JsonValue): string {
  // Files of SillyTavern may hold the password of a proxy or headers with a key.
  const masked = createMask(redactor).freeFields({ [field]: /headers|secret/.test(field) ? REDACTED : value })
  const text = JSON.stringify(Object.values(masked)[0])
  return text.length <= LONGEST_VALUE ? text : `${cutText(text, LONGEST_VALUE - 1)}…`
}
