import type { SentSetting } from '@main/providers/kit/parameters'
import type { ChatMessage } from '@main/providers/spec/chat'

/** The name under which providers speak of it when they refuse it. */
const NAME = 'reasoning_content'

/** The messages of an attempt, and the settings among which what was thought counts as one. */
interface Sent<Message extends ChatMessage> {
  messages: readonly Message[]
  settings: readonly SentSetting[]
}

/**
 * What a model thought before it called tools goes back with the calls, because DeepSeek and others refuse calls without. Others
 * refuse the field itself: to them it is a setting that is left out once they did, and remembered as one.
 *
 * @param refused settings that the provider refused for the model
 */
export function withReasoning<Message extends ChatMessage>(
  messages: readonly Message[],
  settings: readonly SentSetting[],
  refused: readonly string[]
): Sent<Message> {
  if (!messages.some(hasReasoning)) return { messages, settings }
  if (!refused.includes(NAME))
    return { messages, settings: [...settings, { name: NAME, wire: `messages.${NAME}`, essential: false }] }
  return {
    messages: messages.map((message) => (hasReasoning(message) ? { ...message, reasoning: undefined } : message)),
    settings,
  }
}

const hasReasoning = (message: ChatMessage): boolean => 'toolCalls' in message && message.reasoning !== undefined
