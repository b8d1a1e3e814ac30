import { asMessage } from '@main/prompts/history'
import type { Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/** The writer's line that the new passage answers. It is always sent, however little room it leaves for the rest. */
export const line: Section = {
  id: 'line',
  name: { en: 'Your line', ru: 'Ваша реплика' },
  variable: {
    name: 'line',
    kind: 'messages',
    help: {
      en: 'Your line that the passage answers, as a message of its own.',
      ru: 'Ваша реплика, на которую отвечает отрывок, — отдельным сообщением.',
    },
  },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: ({ history }) => {
    const last = history.last()
    return last?.author === 'writer' ? wholeMessages([asMessage(last)]) : null
  },
}
