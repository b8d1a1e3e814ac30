import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import type { PlacedMessage, SectionContent } from './section'

/** Messages that are sent all or not at all. */
export function wholeMessages(messages: readonly PlacedMessage[]): SectionContent {
  const tokens = messages.reduce((sum, { content }) => sum + estimateTokens(content) + TOKENS_PER_MESSAGE, 0)
  return {
    fit: (room) =>
      tokens <= room
        ? { tokens, leftOut: () => 0, messages: () => [...messages] }
        : { tokens: 0, leftOut: () => messages.length, messages: () => [] },
  }
}
