import { z } from 'zod'
import { isObject } from '@contract/json'
import { JsonValue, type JsonObject } from '@contract/values'
import type { ToolCall } from '@main/providers/spec/chat'

/**
 * A call's arguments for an API that wants an object. What a model wrote wrongly must not end the conversation in which it is
 * told so: it stays readable in the field `text`.
 */
export function argumentsOf({ arguments: text }: Pick<ToolCall, 'arguments'>): JsonObject {
  const value = parsed(text)
  if (isObject(value)) return value
  return text.trim() === '' ? {} : { text }
}

/** The arguments in an answer as JSON text; some servers give the object itself. Nested without end, they are none. */
export const ArgumentsText = z
  .unknown()
  .optional()
  .transform((value, context): string => {
    if (typeof value === 'string') return value
    if (value === null || value === undefined) return ''
    try {
      return JSON.stringify(value)
    } catch {
      context.addIssue({ code: 'custom', message: 'nested too deep' })
      return z.NEVER
    }
  })

function parsed(text: string): JsonValue {
  try {
    return JsonValue.parse(JSON.parse(text))
  } catch {
    return null
  }
}
