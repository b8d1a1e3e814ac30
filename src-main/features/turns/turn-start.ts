import type { TurnKind } from '@contract/entities/story'
import { FabulaError, StoryError } from '@contract/errors'
import type { MessageId } from '@contract/ids'
import type { MessageRow } from '@main/data/message-store'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'

/** Where a turn writes. */
export interface TurnStart {
  /** The passage before the new one; null at the beginning of a story. */
  parentId: MessageId | null
  /** The line that the writer adds first, or null. */
  line: string | null
  /** The words of a passage that broke off, which the new alternative begins with. */
  opening: string
}

const brokenOff = ({ author, state, text }: MessageRow) =>
  author === 'story' && (state === 'stopped' || state === 'cut' || state === 'failed') && text !== ''

/** Decides where a turn writes. Throws `nothing_to_retry` where there is no passage to write again. */
export function turnStart(stores: Stores, story: StoryRow, kind: TurnKind, text: string): TurnStart {
  const [last] = stores.messages.pathFrom(story.headId, 1)
  switch (kind) {
    case 'send':
      return { parentId: story.headId, line: text.trim() === '' ? null : text.trim(), opening: '' }
    case 'retry':
      if (!last) throw new FabulaError(StoryError.NothingToRetry, 'The story has no passage yet')
      return { parentId: last.author === 'story' ? last.parentId : story.headId, line: null, opening: '' }
    case 'continue':
      return last && brokenOff(last)
        ? { parentId: last.parentId, line: null, opening: wholeWords(last.text) }
        : { parentId: story.headId, line: null, opening: '' }
  }
}

/** A text without the word at its end, which may be half a word: the model writes that one again. */
function wholeWords(text: string): string {
  const end = /[\s.,;:!?…»”")\]]$/.test(text) ? text.length : text.search(/\S+$/)
  const kept = text.slice(0, end)
  return kept === '' || /\s$/.test(kept) ? kept : `${kept} `
}
