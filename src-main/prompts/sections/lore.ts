import type { LorePosition } from '@contract/entities/world'
import type { AwakeLore } from '@main/worlds/lore-activation'
import { fittingEntries } from '@main/prompts/fitting-texts'
import type { PromptMaterial, Section, SectionContent, SectionFit } from '@main/prompts/section'
import { withNames, worldText } from '@main/prompts/world-texts'

const room = { priority: 30, minimum: 500, elasticity: 0.3 } as const

/** What is true in the world of the story and bears on the scene: what is to stand before the characters comes first. */
export const lore: Section = {
  id: 'lore',
  name: { en: 'Lore', ru: 'Лор' },
  variable: {
    name: 'lore',
    kind: 'section',
    help: {
      en: 'The lore that the last passages touch.',
      ru: 'Записи лора, которых касаются последние отрывки.',
    },
  },
  ...room,
  content: (material) =>
    fittingEntries(
      material.world.lore
        .filter(({ entry }) => !IN_TEXT.has(entry.fields.position))
        .map(({ entry, text }) => ({ text: withNames(text, material), importance: entry.fields.priority }))
    ),
}

/** Lore that stands among the passages, or beside the author's note. */
export const loreInText: Section = {
  id: 'loreInText',
  name: { en: 'Lore in the text', ru: 'Лор в тексте' },
  variable: {
    name: 'lore_in_text',
    kind: 'messages',
    help: {
      en: 'Lore that stands among the passages or beside the author’s note, as messages of its own.',
      ru: 'Записи лора, которые стоят среди отрывков или рядом с заметкой автора, — отдельными сообщениями.',
    },
  },
  ...room,
  priority: 29,
  content: (material) => {
    const entries = material.world.lore.filter(({ entry }) => IN_TEXT.has(entry.fields.position))
    return entries.length === 0 ? null : { fit: (tokens) => fitInText(material, entries, tokens) }
  },
}

const IN_TEXT: ReadonlySet<LorePosition> = new Set(['atDepth', 'beforeNote', 'afterNote'])

/** Each entry is a message of its own place. */
function fitInText(material: PromptMaterial, entries: readonly AwakeLore[], tokens: number): SectionFit {
  const contents = entries.map((one) => ({ one, content: messageOf(material, one) }))
  const sent = new Map<AwakeLore, SectionFit>()
  let left = tokens
  for (const { one, content } of contents.toSorted(
    (a, b) => b.one.entry.fields.priority - a.one.entry.fields.priority
  )) {
    const fit = content?.fit(left)
    if (!fit || fit.tokens === 0) continue
    sent.set(one, fit)
    left -= fit.tokens
  }
  return {
    tokens: [...sent.values()].reduce((sum, fit) => sum + fit.tokens, 0),
    leftOut: () => entries.length - sent.size,
    messages: () => entries.flatMap((one) => sent.get(one)?.messages() ?? []),
  }
}

function messageOf(material: PromptMaterial, { entry, text }: AwakeLore): SectionContent | null {
  const { position, depth, depthVoice } = entry.fields
  const { noteDepth, noteVoice } = material.world.note
  const [at, voice] = position === 'atDepth' ? [depth, depthVoice] : [noteDepth, noteVoice]
  return fittingEntries([{ text: withNames(text, material), importance: 0 }], (entries) => ({
    role: voice,
    content: worldText(material.story.language, 'loreInText', { entries }),
    depth: at,
    ...(position === 'afterNote' ? { rank: 1 } : {}),
  }))
}
