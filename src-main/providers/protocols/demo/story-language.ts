import type { Language } from '@contract/values'
import type { TextMessage } from '@main/providers/spec/chat'

const languageOf = (text: string): Language | null => {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (cyrillic === 0 && latin === 0) return null
  return cyrillic > latin ? 'ru' : 'en'
}

/** By the script of the last user message, else of the system prompt, else of anything that was said. */
export const storyLanguage = (messages: readonly TextMessage[]): Language => {
  const lastUser = messages.findLast((message) => message.role === 'user')?.content ?? ''
  const system = messages.find((message) => message.role === 'system')?.content ?? ''
  const everything = messages.map((message) => message.content).join('\n')
  return languageOf(lastUser) ?? languageOf(system) ?? languageOf(everything) ?? 'en'
}
