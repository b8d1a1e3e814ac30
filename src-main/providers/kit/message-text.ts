import type { ChatMessage, TextMessage } from '@main/providers/spec/chat'

/** The text of a message, without its images and tool calls. */
export function textOfMessage({ content }: ChatMessage): string {
  if (content === null) return ''
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n')
}

/** A conversation as far as it is text: what a tool gave counts as said by the user. */
export const textMessages = (messages: readonly ChatMessage[]): TextMessage[] =>
  messages.map((message) => ({
    role: message.role === 'tool' ? 'user' : message.role,
    content: textOfMessage(message),
  }))
