import type { TurnKind } from '@contract/entities/turn'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
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

/**
 * Decides where a turn writes: at the end of the story, or with `at` as if it ended with that passage. Throws
 * `nothing_to_retry` where there is no passage to write again, and `not_found` for a passage that the story does not show.
 */
export function turnPlace(stores: Stores, story: StoryRow, kind: TurnKind, text: string, at?: MessageId): TurnPlace {
  if (at !== undefined) refuseHidden(stores, story, at)
  const end = at ?? story.headId
  const [last] = stores.messages.pathFrom(end, 1)
  // An answer to the writer's line stands right after that line, and not after an answer that was deleted: restored, it
  // is an alternative of the new one.
  const afterLast = last?.author === 'writer' ? last.id : end
  switch (kind) {
    case 'send':
      return { parentId: end, line: text.trim() === '' ? null : text.trim(), opening: '' }
    case 'retry':
      if (!last) throw new FabulaError(StoryError.NothingToRetry, 'The story has no passage yet')
      return { parentId: last.author === 'story' ? last.parentId : afterLast, line: null, opening: '' }
    case 'continue':
      return last && brokeOff(last)
        ? { parentId: last.parentId, line: null, opening: openingOf(last.text) }
        : { parentId: afterLast, line: null, opening: '' }
  }
}

function refuseHidden({ messages: { tree } }: Stores, { id, headId }: StoryRow, at: MessageId): void {
  const place = tree.place(at)
  if (!place || place.deleted || headId === null || tree.ancestorAt(headId, place.depth) !== at)
    throw new FabulaError(CommonError.NotFound, `The story ${id} shows no passage ${at}`, { details: { path: 'at' } })
}

/**
 * Ends the story with a passage that was just added. The branch that is left by that, if any, is come back to where the
 * writer left it. Runs inside the caller's transaction.
 */
export function endWithTx({ stories, messages }: Stores, storyId: StoryId, id: MessageId, now: string): void {
  const headId = stories.get(storyId)?.headId ?? null
  const depth = messages.tree.place(id)?.depth ?? 0
  const left = headId === null ? null : messages.tree.ancestorAt(headId, depth)
  if (headId !== null && left !== null && left !== headId) messages.leaveBranch(left, headId)
  stories.setHead(storyId, id, now)
}
