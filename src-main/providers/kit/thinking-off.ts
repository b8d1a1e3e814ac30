import type { JsonObject, JsonValue } from '@contract/values'

/** Where thinking is switched off on the wire, by OpenRouter, OpenAI, Anthropic and Ollama, and by which value. */
const switches: readonly { wire: string; off: JsonValue }[] = [
  { wire: 'reasoning.effort', off: 'none' },
  { wire: 'reasoning.enabled', off: false },
  { wire: 'reasoning.max_tokens', off: 0 },
  { wire: 'reasoning_effort', off: 'none' },
  { wire: 'thinking.type', off: 'disabled' },
  { wire: 'think', off: false },
]

/** Whether a value at a place in the body switches thinking off. */
export const switchesThinkingOff = (wire: readonly string[], value: JsonValue): boolean =>
  switches.some((one) => one.wire === wire.join('.') && one.off === value)

/** A body without whatever switches thinking off, and what that was: `reasoning.effort`. */
export const withoutThinkingOff = (body: JsonObject) => withoutPaths(body, switchesThinkingOff)

/** A body without the values that are not wanted, and which those were: `reasoning.effort`. */
export function withoutPaths(
  body: JsonObject,
  isUnwanted: (path: readonly string[], value: JsonValue) => boolean,
  above: readonly string[] = []
): { body: JsonObject; removed: string[] } {
  const kept: JsonObject = {}
  const removed: string[] = []
  for (const [key, value] of Object.entries(body)) {
    const path = [...above, key]
    if (isUnwanted(path, value)) {
      removed.push(path.join('.'))
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const inner = withoutPaths(value, isUnwanted, path)
      removed.push(...inner.removed)
      if (inner.removed.length === 0 || Object.keys(inner.body).length > 0) kept[key] = inner.body
    } else kept[key] = value
  }
  return { body: kept, removed }
}
