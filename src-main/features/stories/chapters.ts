import type { Message } from '@contract/entities/story'
import { CommonError, FabulaError } from '@contract/errors'
import type { ParsedInput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import type { Passages } from './passages'

/** Where the chapters of a story end. */
export interface Chapters {
  end(input: ParsedInput<'messages.endChapter'>): Message
}

export function createChapters(ports: { stores: Stores; events: EventHub; passages: Passages }): Chapters {
  const { stores, events, passages } = ports
  return {
    end: ({ id, name }) =>
      stores.transaction(() => {
        const message = passages.settled(id)
        if (message.deleted)
          throw new FabulaError(CommonError.NotFound, `The passage ${id} was deleted`, { details: { path: 'id' } })
        const { storyId } = message
        const isNew = name !== null && !stores.chapters.names([id]).has(id)
        if (name === null) stores.chapters.remove(id)
        else stores.chapters.set(id, storyId, name)
        if (isNew) stores.summaries.setStaleAcross(id)
        events.changed({ topic: 'messages', ids: [storyId] })
        return passages.view(message)
      }),
  }
}
