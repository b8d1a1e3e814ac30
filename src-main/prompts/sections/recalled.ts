import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { noteContent } from '@main/prompts/notes'
import type { PromptMaterial, RecalledText, Section, SectionFit } from '@main/prompts/section'

/** The note that holds what was recalled, as a model retold it. */
export const RECALLED = 'recalled'

/** What is recalled gets no more than this of a window that it shares with the newest passages. */
const SHARE = 0.3

/** Parts of earlier passages that the window would not show otherwise: the best ones as far as they fit, in reading order. */
export const recalled: Section = {
  id: 'recalled',
  name: { en: 'Recalled', ru: 'Из памяти' },
  variable: {
    name: 'memory',
    kind: 'section',
    help: {
      en: 'Earlier passages that Memory has found again.',
      ru: 'Прежние отрывки, которые нашла Память.',
    },
  },
  priority: 60,
  minimum: 0,
  elasticity: SHARE,
  content: (material) => {
    const retold = noteContent(material, RECALLED)
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
export function fittingParts(material: Pick<PromptMaterial, 'recalled'>, room: number): RecalledText[] {
  const taken: RecalledText[] = []
  for (const part of material.recalled) if (tokensOf([...taken, part]) <= room) taken.push(part)
  return taken
}

const tokensOf = (parts: readonly RecalledText[]) =>
  parts.length === 0 ? 0 : estimateTokens(recalledText(parts)) + TOKENS_PER_MESSAGE

function fitRecalled(material: PromptMaterial, room: number): SectionFit {
  const taken = fittingParts(material, room)
  return {
    tokens: tokensOf(taken),
    leftOut: () => material.recalled.length - taken.length,
    messages: () =>
      taken.length === 0 ? [] : [{ role: 'user', content: recalledText(taken.toSorted((a, b) => a.place - b.place)) }],
  }
}
