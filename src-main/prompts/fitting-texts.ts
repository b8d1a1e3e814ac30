import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { cutToTokens } from '@main/worlds/cut-to-tokens'
import type { PlacedMessage, SectionContent } from './section'

/** How a text of several entries becomes a message, where it is a message of its own. */
type InWords = (entries: string) => PlacedMessage

/** The fewest tokens of a text that are worth the words around it. */
const WORTHWHILE = 24

const asTheyAre: InWords = (content) => ({ role: 'user', content })
const joined = (texts: readonly string[]) => texts.join('\n\n')
const messageOf = (texts: readonly string[], inWords: InWords) => inWords(joined(texts))
const tokensOf = (texts: readonly string[], inWords: InWords): number =>
  texts.length === 0 ? 0 : estimateTokens(messageOf(texts, inWords).content) + TOKENS_PER_MESSAGE

/**
 * Entries in one message, each whole or not at all: those that matter most first, told in the order in which they come.
 * Null where there are none.
 */
export function fittingEntries(
  entries: readonly { text: string; importance: number }[],
  inWords: InWords = asTheyAre
): SectionContent | null {
  const told = entries.filter(({ text }) => text.trim() !== '')
  if (told.length === 0) return null
  const byImportance = told.toSorted((a, b) => b.importance - a.importance)
  return {
    fit: (room) => {
      const taken = new Set<(typeof told)[number]>()
      const texts = () => told.filter((one) => taken.has(one)).map(({ text }) => text)
      for (const one of byImportance) {
        taken.add(one)
        if (tokensOf(texts(), inWords) > room) taken.delete(one)
      }
      const sent = texts()
      return {
        tokens: tokensOf(sent, inWords),
        leftOut: () => told.length - sent.length,
        messages: () => (sent.length === 0 ? [] : [messageOf(sent, inWords)]),
      }
    },
  }
}

/** One text in one message: as much of its beginning as fits. Null where it says nothing. */
export function fittingText(text: string, inWords: InWords = asTheyAre): SectionContent | null {
  const whole = text.trim()
  if (whole === '') return null
  return {
    fit: (room) => {
      const around = tokensOf([''], inWords)
      const cut = tokensOf([whole], inWords) <= room ? whole : cutToTokens(whole, room - around - 1)
      const sent = cut === whole || estimateTokens(cut) >= WORTHWHILE ? [cut] : []
      return {
        tokens: tokensOf(sent, inWords),
        leftOut: () => (cut === whole ? 0 : 1),
        messages: () => (sent.length === 0 ? [] : [messageOf(sent, inWords)]),
      }
    },
  }
}
