import type { MessageId } from '@contract/ids'
import { TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { asMessage, type History } from '@main/prompts/history'
import type { Section, SectionFit } from '@main/prompts/section'

/** The newest passages of the story, as many as fit, without the writer's line that is to be answered. */
export const history: Section = {
  id: 'history',
  name: { en: 'Recent text', ru: 'Последний текст' },
  variable: {
    name: 'recent_text',
    kind: 'messages',
    help: {
      en: 'The newest passages, as many as fit, as messages of their own.',
      ru: 'Последние отрывки, сколько поместится, — отдельными сообщениями.',
    },
  },
  priority: 100,
  minimum: 0,
  elasticity: 1,
  content: (material) => ({
    fit: (room) =>
      fitHistory(material.history, Math.min(room, material.recentText ?? Infinity), lineOf(material.history)),
  }),
}

/** The newest passages as a text, where nothing is to be answered: the writer's line is one of them. */
export const recentText: Section = {
  ...history,
  variable: {
    name: 'recent_text',
    kind: 'section',
    help: {
      en: 'The newest passages of the story, as many as fit.',
      ru: 'Последние отрывки истории, сколько поместится.',
    },
  },
  content: ({ history: passages, recentText: most = Infinity }) =>
    passages.last() ? { fit: (room) => fitHistory(passages, Math.min(room, most), 0) } : null,
}

/** The line that is to be answered stands in a section of its own. */
const lineOf = (passages: History) => (passages.last()?.author === 'writer' ? 1 : 0)

/** @param line how many of the newest passages are left to another section */
function fitHistory(passages: History, room: number, line: 0 | 1): SectionFit {
  let fitting = 0
  let tokens = 0
  let leftOutEnd: MessageId | null = null
  for (const passage of passages.sizes()) {
    const more = fitting < line ? 0 : passage.tokens + TOKENS_PER_MESSAGE
    if (tokens + more > room) {
      leftOutEnd = passage.id
      break
    }
    fitting += 1
    tokens += more
  }
  const sent = fitting - line
  return {
    tokens,
    leftOut: () => passages.lengthUpTo(leftOutEnd),
    messages: () => (sent > 0 ? passages.newest(fitting).slice(0, sent).map(asMessage) : []),
  }
}
