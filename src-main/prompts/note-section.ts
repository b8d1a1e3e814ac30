import { TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import type { LocalizedText } from '@contract/values'
import type { Section } from './section'
import { wholeMessages } from './whole-messages'

/** What an earlier step has left under a name. A note that a step has yet to leave takes room and says nothing. */
export const noteSection = (note: string, name: LocalizedText): Section => ({
  id: note,
  name,
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: ({ notes }) => {
    const left = notes.get(note)
    if (!left) return null
    if ('text' in left) return left.text === '' ? null : wholeMessages([{ role: 'user', content: left.text }])
    const tokens = left.tokens + TOKENS_PER_MESSAGE
    return { fit: () => ({ tokens, leftOut: () => 0, messages: () => [] }) }
  },
})
