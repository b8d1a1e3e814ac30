import type { Message } from '@contract/entities/story'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import type { MessageId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import { toMessage, type MessageRow } from '@main/data/message-store'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'

/** The passages of a story, as they are read. */
export interface Passages {
  page(input: ParsedInput<'messages.page'>): RouteOutput<'messages.page'>
  edit(id: MessageId, text: string): Message
  remove(id: MessageId): void
  restore(id: MessageId): Message
  choose(id: MessageId): void
}

export function createPassages(ports: {
  stores: Stores
  events: EventHub
  clock: Clock
  /** A passage that is written but could not be saved yet. */
  unsaved: (id: MessageId) => MessageRow | undefined
}): Passages {
  const { stores, events, clock, unsaved } = ports

  const row = (id: MessageId): MessageRow => {
    const message = stores.messages.get(id)
    if (!message) throw new FabulaError(CommonError.NotFound, `There is no passage ${id}`, { details: { path: 'id' } })
    return message
  }
  const settled = (id: MessageId): MessageRow => {
    const message = row(id)
    if (message.state === 'streaming')
      throw new FabulaError(StoryError.TurnRunning, 'This passage is being written', { retryable: true })
    return message
  }
  const storyOf = (message: MessageRow): StoryRow => {
    const story = stores.stories.get(message.storyId)
    if (!story) throw new FabulaError(CommonError.NotFound, `There is no story ${message.storyId}`)
    return story
  }
  const view = (message: MessageRow) => toMessage(unsaved(message.id) ?? message, stores.messages.alternatives(message))
  const save = (message: MessageRow): Message => {
    stores.messages.update(message, timestamp(clock))
    events.changed('messages', 'stories')
    return view(message)
  }
  const show = (message: MessageRow) => {
    stores.stories.setHead(message.storyId, stores.messages.leafOf(message.id), timestamp(clock))
    events.changed('messages', 'stories')
  }

  return {
    page: ({ storyId, before, limit }) => {
      const story = stores.stories.get(storyId)
      if (!story)
        throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
      const next = before === undefined ? null : row(before)
      if (next && next.storyId !== storyId)
        throw new FabulaError(CommonError.NotFound, `The story has no passage ${next.id}`, {
          details: { path: 'before' },
        })
      const found = stores.messages.pathFrom(next ? next.parentId : story.headId, limit + 1)
      const shown = found.slice(0, limit).filter(({ id }) => !unsaved(id)?.deleted)
      return { messages: shown.toReversed().map(view), hasEarlier: found.length > limit }
    },

    edit: (id, text) => stores.transaction(() => save({ ...settled(id), text, edited: true })),

    remove: (id) =>
      stores.transaction(() => {
        const message = settled(id)
        const story = storyOf(message)
        const last = stores.messages.pathFrom(story.headId, 1)[0]
        const alternatives = stores.messages.alternatives(message)
        const place = alternatives.indexOf(id)
        save({ ...message, deleted: true })
        // The last passage makes room for the alternative that was made before it.
        const previous = alternatives[place - 1] ?? alternatives[place + 1]
        if (last?.id === id && previous) show(row(previous))
      }),

    restore: (id) =>
      stores.transaction(() => {
        const message = { ...settled(id), deleted: false }
        const saved = save(message)
        const story = storyOf(message)
        const shown = stores.messages.pathFrom(story.headId, Number.MAX_SAFE_INTEGER)
        if (!shown.some((one) => one.id === id)) show(message)
        return saved
      }),

    choose: (id) =>
      stores.transaction(() => {
        const message = settled(id)
        if (message.deleted)
          throw new FabulaError(CommonError.NotFound, `The passage ${id} was deleted`, { details: { path: 'id' } })
        show(message)
      }),
  }
}
