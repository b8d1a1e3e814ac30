import type { PassageVersion } from '@contract/entities/edit'
import type { Message, StoryBranch } from '@contract/entities/story'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import { toMessage, type MessageRow, type PlacedMessage } from '@main/data/message-store'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'

/** The passages of a story, as they are read. */
export interface Passages {
  page(input: ParsedInput<'messages.page'>): RouteOutput<'messages.page'>
  versions(id: MessageId): PassageVersion[]
  /** How the story also goes on from the passage with which it ends as it is shown. */
  branches(storyId: StoryId): StoryBranch[]
  /** A passage as the renderer sees it. */
  view(row: MessageRow): Message
  /** A passage that no turn is writing. Throws `turn_running` for one that is being written. */
  settled(id: MessageId): MessageRow
  storyOf(row: MessageRow): StoryRow
}

/** Characters of the passage with which a branch begins. */
const EXCERPT = 200

export function createPassages(ports: {
  stores: Stores
  /** A passage that is written but could not be saved yet. */
  unsaved: (id: MessageId) => MessageRow | undefined
}): Passages {
  const { stores, unsaved } = ports
  const { tree } = stores.messages

  const row = (id: MessageId): MessageRow => {
    const message = stores.messages.get(id)
    if (!message) throw new FabulaError(CommonError.NotFound, `There is no passage ${id}`, { details: { path: 'id' } })
    return message
  }
  const story = (id: StoryId): StoryRow => {
    const found = stores.stories.get(id)
    if (!found) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
    return found
  }

  const lastShownOf = (storyId: StoryId) => {
    const { headId } = story(storyId)
    return headId === null ? null : stores.messages.lastShown(headId)
  }

  /** What stands behind the last passage that is shown, or behind those after it that were deleted. */
  const behind = (storyId: StoryId, last: MessageId) => {
    const ends = [last]
    for (let id = story(storyId).headId; id !== null && id !== last; id = tree.place(id)?.parentId ?? null)
      ends.push(id)
    return tree.after(storyId, ends)
  }

  /** @param last the passage with which the story ends as it is shown */
  const views = (storyId: StoryId, placed: readonly PlacedMessage[], last: MessageId | null): Message[] => {
    const shown = placed.map(({ row: stored, position }) => ({ row: unsaved(stored.id) ?? stored, position }))
    const versions = stores.edits.countVersions(shown.map(({ row: { id } }) => id))
    const chapters = stores.chapters.names(shown.map(({ row: { id } }) => id))
    const siblings = tree.after(storyId, [...new Set(shown.map(({ row: { parentId } }) => parentId))])
    return shown
      .filter(({ row: { deleted } }) => !deleted)
      .map((one) => {
        const { id, parentId } = one.row
        const alternatives = siblings.filter((other) => other.parentId === parentId)
        const chapterEnd = chapters.get(id)
        const goesOn = id === last ? behind(storyId, id).length : 0
        return toMessage(one, {
          versions: versions.get(id) ?? 0,
          alternatives: alternatives.map((other) => other.id),
          ...(chapterEnd === undefined ? {} : { chapterEnd }),
          ...(goesOn === 0 ? {} : { goesOn }),
        })
      })
  }

  /** Where the passage stands in the story as it is shown. */
  const positionOf = (head: MessageId | null, storyId: StoryId, id: MessageId): number => {
    const place = tree.place(id)
    if (!place || place.deleted || head === null || tree.ancestorAt(head, place.depth) !== id)
      throw new FabulaError(CommonError.NotFound, `The story ${storyId} shows no passage ${id}`, {
        details: { path: 'at' },
      })
    return place.depth
  }

  return {
    page: ({ storyId, first: wanted, at, limit }) => {
      const { headId } = story(storyId)
      const position = at === undefined ? null : positionOf(headId, storyId, at)
      const last = headId === null ? null : stores.messages.lastShown(headId)
      const length = last ? last.position + 1 : 0
      const first = position === null ? (wanted ?? Math.max(0, length - limit)) : position - (position % limit)
      if (!last || first >= length) return { messages: [], first, length }
      const placed = stores.messages.page(last.id, first, Math.min(first + limit, length) - 1)
      return { messages: views(storyId, placed, last.id), first, length }
    },

    versions: (id) => {
      const now = row(id)
      const said = new Set([now.text])
      // A text that came back is the same text: it is shown once, as it was last.
      return stores.edits.versions(id).filter(({ text }) => !said.has(text) && said.add(text))
    },

    branches: (storyId) => {
      const last = lastShownOf(storyId)
      if (!last) return []
      return behind(storyId, last.id).map(({ id, author }) => {
        const end = tree.place(stores.messages.leafOf(id))?.depth ?? 0
        return { id, author, excerpt: row(id).text.slice(0, EXCERPT), length: Math.max(1, end - last.position) }
      })
    },

    view: (message) => {
      const position = tree.place(message.id)?.depth ?? 0
      const last = lastShownOf(message.storyId)?.id ?? null
      const [view] = views(message.storyId, [{ row: { ...message, deleted: false }, position }], last)
      if (!view)
        throw new FabulaError(CommonError.NotFound, `There is no passage ${message.id}`, { details: { path: 'id' } })
      return view
    },

    settled: (id) => {
      const message = row(id)
      if (message.state === 'streaming')
        throw new FabulaError(StoryError.TurnRunning, 'This passage is being written', {
          details: { name: story(message.storyId).title },
          retryable: true,
        })
      return message
    },
    storyOf: (message) => story(message.storyId),
  }
}
