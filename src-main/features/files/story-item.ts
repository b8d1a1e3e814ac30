import type { ImportPlan } from '@contract/routes/files'
import type { ChatFile } from './world-files'

/** A chat as a plan shows it: it always comes in as a story of its own. */
export function storyItem({ name, chat }: ChatFile): ImportPlan['items'][number] {
  const texts = chat.passages.reduce((sum, passage) => sum + passage.texts.length, 0)
  const alternatives = texts - chat.passages.length
  return {
    key: `story:${name}`,
    kind: 'story',
    name,
    conflict: null,
    replaceable: false,
    address: null,
    headers: {},
    body: {},
    models: [],
    holds: { passages: chat.passages.length, ...(alternatives > 0 ? { alternatives } : {}) },
  }
}
