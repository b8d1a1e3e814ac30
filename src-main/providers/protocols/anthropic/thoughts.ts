import { z } from 'zod'
import type { JsonObject } from '@contract/values'
import { joinDetails } from '@main/providers/kit/reasoning-details'
import type { ChatMessage } from '@main/providers/spec/chat'

/** OpenRouter's name for what Claude thinks: no other model's thoughts have signatures that this API knows. */
const FORMAT = 'anthropic-claude-v1'

/** What the model thought, as the API wants it back before the calls that it led to. */
export type ThoughtBlock = JsonObject & { type: 'thinking' | 'redacted_thinking' }

export const thoughtDetail = (index: number, text: string, signature: string): JsonObject => ({
  type: 'reasoning.text',
  text,
  signature,
  format: FORMAT,
  index,
})

export const hiddenDetail = (index: number, data: string): JsonObject => ({
  type: 'reasoning.encrypted',
  data,
  format: FORMAT,
  index,
})

const Detail = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('reasoning.text'),
    format: z.literal(FORMAT),
    text: z.string().nullish(),
    signature: z.string().min(1),
  }),
  z.looseObject({ type: z.literal('reasoning.encrypted'), format: z.literal(FORMAT), data: z.string().min(1) }),
])

/** The thoughts of a message that the API knows again, in their order; none where another model had them. */
export function thoughtBlocks(message: ChatMessage): ThoughtBlock[] {
  if (!('toolCalls' in message) || !message.reasoningDetails) return []
  return joinDetails(message.reasoningDetails).flatMap((detail): ThoughtBlock[] => {
    const known = Detail.safeParse(detail).data
    if (!known) return []
    return known.type === 'reasoning.text'
      ? [{ type: 'thinking', thinking: known.text ?? '', signature: known.signature }]
      : [{ type: 'redacted_thinking', data: known.data }]
  })
}
