import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { promptText } from '@main/prompts/prompt-texts'
import type { Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/** The note in which a draft waits for the role that writes it anew. */
export const DRAFT = 'draft'

/** The draft of the passage, with the request to write it anew. */
export const draft: Section = {
  id: 'draft',
  name: { en: 'Draft', ru: 'Черновик' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: ({ story, voice, notes }) => {
    const note = notes.get(DRAFT)
    if (!note) return null
    const request = (text: string) => promptText(story.language, voice, 'rewrite', { draft: text }) ?? text
    if ('text' in note) return wholeMessages([{ role: 'user', content: request(note.text) }])
    const tokens = note.tokens + estimateTokens(request('')) + TOKENS_PER_MESSAGE
    return { fit: () => ({ tokens, leftOut: () => 0, messages: () => [] }) }
  },
}
