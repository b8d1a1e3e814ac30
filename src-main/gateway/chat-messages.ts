import { z } from 'zod'
import { JsonObject } from '@contract/values'
import type { ChatMessage, ContentPart, ToolCall } from '@main/providers/spec/chat'

const TextPart = z.looseObject({ type: z.literal('text'), text: z.string() })

/** What the provider reads: bytes that came along, or an address that Fabula itself never asks. */
const ImageUrl = z.string().refine((url) => /^(data:image\/|https:\/\/)/i.test(url), {
  error: 'must be a data:image/… URL with the image in base64, or an https:// address',
})

const ImagePart = z.looseObject({
  type: z.literal('image_url'),
  image_url: z.union([
    ImageUrl.transform((url) => ({ url, detail: undefined })),
    z.looseObject({ url: ImageUrl, detail: z.enum(['auto', 'low', 'high']).nullish() }),
  ]),
})

const parts = <Part extends z.ZodType>(part: Part) => z.union([z.string(), z.array(part).min(1)])
const UserPart = z.discriminatedUnion('type', [TextPart, ImagePart], {
  error: 'only parts of type "text" and "image_url" can be passed on',
})
const RefusalPart = z.looseObject({ type: z.literal('refusal'), refusal: z.string() })
const AssistantPart = z.discriminatedUnion('type', [TextPart, RefusalPart])

const Call = z.looseObject({
  id: z.string().min(1),
  type: z.literal('function').default('function'),
  function: z.looseObject({ name: z.string().min(1), arguments: z.string() }),
  /** What a provider wants back with its call, as Gemini its `thought_signature`. */
  extra_content: JsonObject.nullish(),
})

/** A message as OpenAI's API has it. `name` and what else it says of a message is read by no model, and left out. */
export const Message = z.discriminatedUnion(
  'role',
  [
    z.looseObject({ role: z.literal(['system', 'developer']), content: parts(TextPart) }),
    z.looseObject({ role: z.literal('user'), content: parts(UserPart) }),
    z.looseObject({
      role: z.literal('assistant'),
      content: parts(AssistantPart).nullish(),
      refusal: z.string().nullish(),
      tool_calls: z.array(Call).nullish(),
      /** What the model thought before its calls, as the gateway told it. */
      reasoning_content: z.string().nullish(),
      /** The same with its signatures, as OpenRouter has it; in pieces too, as the gateway streamed it. */
      reasoning_details: z.array(JsonObject).nullish().catch(null),
    }),
    z.looseObject({ role: z.literal('tool'), tool_call_id: z.string().min(1), content: parts(TextPart) }),
  ],
  { error: 'must be one of "system", "developer", "user", "assistant" and "tool"' }
)
export type Message = z.output<typeof Message>

type Part = z.output<typeof UserPart> | z.output<typeof AssistantPart>

/** The text of a content. Its parts are paragraphs: run together, their last and first words would be one. */
const textOf = (content: string | readonly Part[]): string =>
  typeof content === 'string'
    ? content
    : content
        .flatMap((part) => (part.type === 'text' ? part.text : part.type === 'refusal' ? part.refusal : []))
        .join('\n')

/** The messages of a request as Fabula's providers take them. */
export const chatMessages = (messages: readonly Message[]): ChatMessage[] => messages.map(chatMessage)

function chatMessage(message: Message): ChatMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: textOf(message.content) }
    case 'user':
      return userMessage(message.content)
    case 'assistant': {
      const text = message.content === null || message.content === undefined ? null : textOf(message.content)
      const calls = message.tool_calls ?? []
      if (calls.length === 0) return { role: 'assistant', content: text ?? message.refusal ?? '' }
      return {
        role: 'assistant',
        content: text === '' ? null : text,
        toolCalls: calls.map(callOf),
        ...thoughtsOf(message),
      }
    }
    case 'tool':
      return { role: 'tool', toolCallId: message.tool_call_id, content: textOf(message.content) }
  }
}

const thoughtsOf = ({
  reasoning_content: reasoning,
  reasoning_details: details,
}: Extract<Message, { role: 'assistant' }>) => ({
  ...(typeof reasoning === 'string' ? { reasoning } : {}),
  ...(details?.length ? { reasoningDetails: details } : {}),
})

function userMessage(content: string | readonly z.output<typeof UserPart>[]): ChatMessage {
  if (typeof content === 'string' || content.every(({ type }) => type === 'text'))
    return { role: 'user', content: textOf(content) }
  return { role: 'user', content: content.map(partOf) }
}

function partOf(part: z.output<typeof UserPart>): ContentPart {
  if (part.type === 'text') return { type: 'text', text: part.text }
  const { url, detail } = part.image_url
  return { type: 'image', url, ...(detail ? { detail } : {}) }
}

const callOf = ({
  id,
  function: { name, arguments: written },
  extra_content: extra,
}: z.output<typeof Call>): ToolCall => ({
  id,
  name,
  arguments: written,
  ...(extra ? { extra: { extra_content: extra } } : {}),
})
