import type { ImportPlan } from '@contract/routes/files'
import type { ChatFile } from './world-files'

type Item = ImportPlan['items'][number]

/** A story as a plan shows it: it always comes in as one of its own. */
export const newStoryItem = (name: string, holds: Item['holds']): Item => ({
  key: `story:${name}`,
  kind: 'story',
  name,
  conflict: null,
  replaceable: false,
  address: null,
  headers: {},
  body: {},
  models: [],
  holds,
})

/** A chat as a plan shows it. */
export function storyItem({ name, chat }: ChatFile): Item {
  const texts = chat.passages.reduce((sum, passage) => sum + passage.texts.length, 0)
  const alternatives = texts - chat.passages.length
  return newStoryItem(name, { passages: chat.passages.length, ...(alternatives > 0 ? { alternatives } : {}) })
}
