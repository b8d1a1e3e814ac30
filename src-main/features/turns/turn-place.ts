import type { TurnKind } from '@contract/entities/turn'
import { FabulaError, StoryError } from '@contract/errors'
import type { MessageId } from '@contract/ids'
import type { MessageRow } from '@main/data/message-store'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { openingOf } from './opening'

/** Where a turn writes. */
export interface TurnPlace {
  /** The passage before the new one; null at the beginning of a story. */
  parentId: MessageId | null
  /** The line that the writer adds first, or null. */
  line: string | null
  /** The words of a passage that broke off, which the new alternative begins with. */
  opening: string
}

const brokeOff = ({ author, state, text }: MessageRow) =>
  author === 'story' && (state === 'stopped' || state === 'cut' || state === 'failed') && text !== ''

/** Decides where a turn writes. Throws `nothing_to_retry` where there is no passage to write again. */
export function turnPlace(stores: Stores, story: StoryRow, kind: TurnKind, text: string): TurnPlace {
  const [last] = stores.messages.pathFrom(story.headId, 1)
  // An answer to the writer's line stands right after that line, and not after an answer that was deleted: restored, it
  // is an alternative of the new one.
  const afterLast = last?.author === 'writer' ? last.id : story.headId
  switch (kind) {
    case 'send':
      return { parentId: story.headId, line: text.trim() === '' ? null : text.trim(), opening: '' }
    case 'retry':
      if (!last) throw new FabulaError(StoryError.NothingToRetry, 'The story has no passage yet')
      return { parentId: last.author === 'story' ? last.parentId : afterLast, line: null, opening: '' }
    case 'continue':
      return last && brokeOff(last)
        ? { parentId: last.parentId, line: null, opening: openingOf(last.text) }
        : { parentId: afterLast, line: null, opening: '' }
  }
}
