import { JsonValue } from '@contract/values'

/** A JSON value from its text; undefined when it is none. */
export function readJson(text: string): JsonValue | undefined {
  try {
    const parsed = JsonValue.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
