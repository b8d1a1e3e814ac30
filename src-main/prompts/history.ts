import type { MessageId } from '@contract/ids'
import type { PathSize, PathText } from '@main/data/message-path'
import type { Stores } from '@main/data/stores'
import { estimateTokens } from '@main/platform/token-estimate'
import type { PlacedMessage } from './section'

export type PassageSize = Pick<PathSize, 'id' | 'tokens'>

/** Passages that are measured at once. */
const AT_ONCE = 64

/** The passages before the one that is to be written. Only what is asked for is read. */
export interface History {
  /** The newest passage; null at the beginning of a story. */
  last(): PathText | null
  /** From the newest one back, measured once and as far as it is asked for. */
  sizes(): Iterable<PassageSize>
  /** The newest ones, in reading order. */
  newest(count: number): PathText[]
  /** How many passages there are up to one of them, that one included; 0 for null. */
  lengthUpTo(id: MessageId | null): number
}

/** The path of a story that ends at a passage. */
export function historyUpTo(stores: Pick<Stores, 'messages'>, end: MessageId | null): History {
  const { path } = stores.messages
  let last: PathText | null | undefined
  const measured: PathSize[] = []
  const lengths = new Map<MessageId | null, number>()
  const measureMore = (): boolean => {
    const newest = measured.at(-1)
    const more = path.sizes(newest ? newest.parentId : end, AT_ONCE)
    measured.push(...more)
    return more.length > 0
  }
  return {
    last: () => (last === undefined ? (last = path.texts(end, 1)[0] ?? null) : last),
    sizes: function* () {
      for (let at = 0; at < measured.length || measureMore(); at += 1) {
        const one = measured[at]
        if (one) yield one
      }
    },
    newest: (count) => path.texts(end, count).toReversed(),
    lengthUpTo: (id) => {
      const length = lengths.get(id) ?? path.length(id)
      lengths.set(id, length)
      return length
    },
  }
}

/** The same story with a line of the writer that it does not have yet. */
export function withLine(history: History, { id, text }: { id: MessageId; text: string }): History {
  const line: PathText = { id, author: 'writer', text }
  return {
    last: () => line,
    sizes: function* () {
      yield { id, tokens: estimateTokens(text) }
      yield* history.sizes()
    },
    newest: (count) => (count > 0 ? [...history.newest(count - 1), line] : []),
    lengthUpTo: (end) => (end === id ? lengthOf(history) + 1 : history.lengthUpTo(end)),
  }
}

function lengthOf(history: History): number {
  for (const newest of history.sizes()) return history.lengthUpTo(newest.id)
  return 0
}

/** A passage as a model reads it: the writer is who it talks to, the story is what it said itself. */
export const asMessage = ({ author, text }: Pick<PathText, 'author' | 'text'>): PlacedMessage => ({
  role: author === 'writer' ? 'user' : 'assistant',
  content: text,
  isPassage: true,
})
