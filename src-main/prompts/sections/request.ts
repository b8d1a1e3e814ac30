import type { ChatMessage } from '@main/providers/spec/chat'
import { promptText } from '@main/prompts/prompt-texts'
import type { PromptMaterial, Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/**
 * What is asked for where no line of the writer says it: the rest of a passage that broke off, behind its beginning, or
 * simply the next passage.
 */
export const request: Section = {
  id: 'request',
  name: { en: 'Request', ru: 'Просьба' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: (material) => {
    const messages = requested(material)
    return messages.length === 0 ? null : wholeMessages(messages)
  },
}

function requested({ story, voice, history, opening }: PromptMaterial): ChatMessage[] {
  const ask = (name: string): ChatMessage[] => {
    const content = promptText(story.language, voice, name)
    return content === null ? [] : [{ role: 'user', content }]
  }
  if (opening !== '') return [{ role: 'assistant', content: opening }, ...ask('complete')]
  return history.last()?.author === 'writer' ? [] : ask('continue')
}
