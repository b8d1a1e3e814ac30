import type { JsonObject, JsonValue } from '@contract/values'

/** What is asked of the voice, in neither of the two ways to ask yet. */
export interface SpeechKitParameters {
  way: 'auto' | 'v3' | 'v1'
  role: string | null
  speed: number | null
  /** Beside voice, role and speed: `{ pitchShift: 100 }`. */
  hints: JsonObject
  language: string | null
  /** Further fields of the body in v3. */
  more: JsonObject
}

const textOr = (value: JsonValue | undefined) => (typeof value === 'string' && value !== '' ? value : null)
const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the settings as the definition's `x-wire` names them. */
export function speechKitParameters(parameters: JsonObject): SpeechKitParameters {
  // The folder stands in a header, or in the form of v1.
  const { way, role, speed, hints, lang, folder_id: _folder, ...more } = parameters
  return {
    way: way === 'v1' || way === 'v3' ? way : 'auto',
    role: textOr(role),
    speed: typeof speed === 'number' ? speed : null,
    hints: isObject(hints) ? hints : {},
    language: textOr(lang),
    more,
  }
}
