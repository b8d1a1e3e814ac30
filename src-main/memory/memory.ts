import type { FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'

/** What a turn wants to know of what was written before. */
export interface RecallQuestion {
  storyId: StoryId
  /** The end of the path that is being written on: only what stands on it is recalled. Null where nothing is written yet. */
  headId: MessageId | null
  /** What to look for, in any words. */
  queries: readonly string[]
  /** How many pieces at most. */
  limit: number
  /** Passages that the model sees anyway. */
  leaveOut: ReadonlySet<MessageId>
  signal: AbortSignal
  /** Called when the search goes on with words alone, because the queries could not be turned into vectors. */
  onWordsAlone?(why: FabulaError): void
}

/** A piece of a passage that was found. */
export interface Recalled {
  messageId: MessageId
  /** The passage's own story; another one where stories of a world share their memory. */
  storyId: StoryId
  /** Where the piece stands in the passage's text, in UTF-16 units; `end` is after its last. */
  start: number
  end: number
  text: string
  /** How well it fits, to compare within one answer; the best comes first. */
  score: number
  /** `pin`: only because the writer pinned it. */
  foundBy: 'meaning' | 'words' | 'both' | 'pin'
}

/** What stories are remembered by. */
export interface Memory {
  /** The pieces that fit best, best first. Rejects only with the signal's reason: without an index it finds nothing. */
  recall(question: RecallQuestion): Promise<Recalled[]>
}
