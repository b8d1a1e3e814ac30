import type { Conversation } from './conversation'
import type { Material, Setting } from './material'
import { hashText } from './seeded-random'
import { anchorOf, spaced } from './template'
import { countMatches, wordsOf } from './word-pattern'

const textsOf = (setting: Setting): string[] => [
  ...setting.openings,
  ...setting.senses,
  ...setting.events,
  ...setting.dialogues,
  ...setting.hooks,
]

/** The setting with the highest score, the earlier one of equals; null when all are 0. */
const best = (settings: readonly Setting[], score: (setting: Setting) => number): Setting | null => {
  let leader: Setting | null = null
  let most = 0
  for (const setting of settings) {
    const points = score(setting)
    if (points > most) {
      leader = setting
      most = points
    }
  }
  return leader
}

/**
 * Where a story takes place, the same for all its turns: where its passages already are (long stories arrive without
 * their beginning), else by the writer's first line, else by the title.
 */
export const chooseSetting = ({ settings }: Material, conversation: Conversation): Setting | undefined => {
  const told = spaced(`${conversation.told} ${conversation.draft ?? ''}`)
  const bySaid = best(settings, (setting) => textsOf(setting).filter((text) => told.includes(anchorOf(text))).length)
  if (bySaid) return bySaid

  const byWords = (text: string) => best(settings, (setting) => countMatches(wordsOf(text), setting.words))
  const byLine = byWords(conversation.firstLine ?? '') ?? byWords(conversation.title)
  if (byLine) return byLine
  return conversation.firstLine === null ? settings[hashText(conversation.title) % settings.length] : settings.at(-1)
}
