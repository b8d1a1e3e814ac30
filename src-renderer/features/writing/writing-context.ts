import { createContext, use } from 'react'
import type { MessageId, StoryId } from '@contract/ids'

export interface Writing {
  storyId: StoryId
  /** Another alternative of the last passage. */
  retry: () => void
  /** Another alternative of an earlier passage, from which the story goes on. */
  retryAt: (id: MessageId) => void
  /** Lets the story end with an earlier passage, so that it can go on in another way. */
  branchAt: (id: MessageId) => void
  /** The same, with what the Guard found in it and a word of the writer. */
  revise: (word: string) => void
  /** Goes on from the last passage. */
  goOn: () => void
  /** Puts the cursor back where the writer writes. */
  focusComposer: () => void
}

export const WritingContext = createContext<Writing | null>(null)

/** What a passage can ask of the story it stands in. */
export function useWriting(): Writing {
  const writing = use(WritingContext)
  if (!writing) throw new Error('A passage stands outside a story')
  return writing
}
