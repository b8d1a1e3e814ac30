import type { JsonObject, JsonValue } from '@contract/values'

/** The text of a detail of each kind, which comes in pieces. */
const texts: Readonly<Record<string, string>> = { 'reasoning.text': 'text', 'reasoning.summary': 'summary' }

/**
 * What a model thought as OpenRouter writes it (`reasoning_details`), put together from the pieces of a stream: those of one
 * kind and index are one, whose text goes on and whose signature comes last. Providers refuse it cut into pieces.
 */
export function joinDetails(pieces: readonly JsonObject[]): JsonObject[] {
  const whole: JsonObject[] = []
  for (const piece of pieces) {
    const field = texts[textIn(piece['type'])]
    const at = field === undefined ? -1 : whole.findLastIndex((one) => isSame(one, piece))
    const before = whole[at]
    if (field === undefined || before === undefined) whole.push(piece)
    else whole[at] = { ...before, ...withoutNulls(piece), [field]: textIn(before[field]) + textIn(piece[field]) }
  }
  return whole
}

const isSame = (one: JsonObject, other: JsonObject) =>
  one['type'] === other['type'] && one['index'] === other['index'] && !textIn(one['signature'])

const textIn = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')

const withoutNulls = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
