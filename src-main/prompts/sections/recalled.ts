import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { noteMessage } from '@main/prompts/note-message'
import { promptText } from '@main/prompts/prompt-texts'
import type { PromptMaterial, RecalledText, Section, SectionFit } from '@main/prompts/section'

/** The note that holds what was recalled, as a model retold it. */
export const RECALLED = 'recalled'

/** What is recalled gets no more than this of a window that it shares with the newest passages. */
const SHARE = 0.3

/** Parts of earlier passages that the window would not show otherwise: the best ones as far as they fit, in reading order. */
export const recalled: Section = {
  id: 'recalled',
  name: { en: 'Recalled', ru: 'Из памяти' },
  priority: 60,
  minimum: 0,
  elasticity: SHARE,
  content: (material) => {
    const retold = noteMessage(material, RECALLED)
    // In a dry run nothing is recalled yet, and the expected size is cut to the room there is.
    const yetToCome = material.notes.get(RECALLED)
    if (retold && yetToCome && 'tokens' in yetToCome)
      return { fit: (room) => ({ ...retold.fit(room), tokens: Math.min(retold.fit(room).tokens, room) }) }
    if (retold) return retold
    return material.recalled.length === 0 ? null : { fit: (room) => fitRecalled(material, room) }
  },
}

/** Parts of earlier passages as a model reads them: apart from each other, without words around them. */
export const recalledText = (parts: readonly RecalledText[]): string =>
  parts.map(({ text }) => text.trim()).join('\n\n…\n\n')

/** The best parts that find room, in whatever is left by better ones; the room is in tokens. */
export function fittingParts(material: PromptMaterial, room: number): RecalledText[] {
  const taken: RecalledText[] = []
  for (const part of material.recalled) if (tokensOf(material, [...taken, part]) <= room) taken.push(part)
  return taken
}

const inWords = ({ story, voice }: PromptMaterial, text: string) =>
  promptText(story.language, voice, RECALLED, { recalled: text }) ?? text

const tokensOf = (material: PromptMaterial, parts: readonly RecalledText[]) =>
  parts.length === 0 ? 0 : estimateTokens(inWords(material, recalledText(parts))) + TOKENS_PER_MESSAGE

function fitRecalled(material: PromptMaterial, room: number): SectionFit {
  const taken = fittingParts(material, room)
  return {
    tokens: tokensOf(material, taken),
    leftOut: () => material.recalled.length - taken.length,
    messages: () =>
      taken.length === 0
        ? []
        : [{ role: 'user', content: inWords(material, recalledText(taken.toSorted((a, b) => a.place - b.place))) }],
  }
}
