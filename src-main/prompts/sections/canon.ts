import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { canonText, passageItems, settledItems } from '@main/prompts/canon'
import type { PromptMaterial, Section, SectionFit } from '@main/prompts/section'

/** The tokens of a label and the lines around it. */
const TOKENS_PER_ITEM = 8
/** What is settled elsewhere leaves at least the rest of the room to the newest passages. */
const SHARE_OF_SETTLED = 0.6

/** All that a draft is held against, in labelled pieces: what was settled earlier, then the newest passages. */
export const canon: Section = {
  id: 'canon',
  name: { en: 'Canon', ru: 'Канон' },
  variable: {
    name: 'canon',
    kind: 'section',
    help: {
      en: 'What is settled, in numbered pieces, for the Guard.',
      ru: 'Установленное, по пунктам, — для Стража.',
    },
  },
  priority: 50,
  minimum: 0,
  elasticity: 1,
  content: (material) => ({ fit: (room) => fitCanon(material, room) }),
}

function fitCanon(material: PromptMaterial, room: number): SectionFit {
  const { history } = material
  const settled = settledItems(material)
  let tokens = TOKENS_PER_MESSAGE
  const taken = settled.filter((item) => {
    const more = estimateTokens(item.text) + TOKENS_PER_ITEM
    if (tokens + more > room * SHARE_OF_SETTLED) return false
    tokens += more
    return true
  })
  let passages = 0
  for (const { tokens: size } of history.sizes()) {
    if (tokens + size + TOKENS_PER_ITEM > room) break
    tokens += size + TOKENS_PER_ITEM
    passages += 1
  }
  const isEmpty = taken.length + passages === 0
  return {
    tokens: isEmpty ? 0 : tokens,
    leftOut: () => settled.length - taken.length + history.lengthUpTo(history.last()?.id ?? null) - passages,
    messages: () => {
      const content = canonText([...taken, ...passageItems(material, passages).toReversed()])
      return isEmpty ? [] : [{ role: 'user', content }]
    },
  }
}
