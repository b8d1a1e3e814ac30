import { z } from 'zod'
import type { AnyEvent } from '@contract/events'
import type { ApiPorts } from './api-ports'
import { liveEvents, type Delta } from './live-events'
import { operation, type Operation } from './operation'

/** Something that runs for a while, as a generation and a batch do. */
interface RunningThing<Id, Thing, Answer extends z.ZodType> {
  /** As operations name it: `Batch`. */
  name: string
  /** Where all of them are: `/api/batches`. */
  path: string
  tag: string
  idSchema: z.core.$ZodType<Id>
  answerSchema: Answer
  toApi: (thing: Thing) => z.output<Answer>
  /** Throws where it is not there. */
  get: (id: Id) => Promise<Thing>
  remove: (id: Id) => Promise<unknown>
  /** What an event says of it: that it changed, or text of it. */
  news: (id: Id) => (event: AnyEvent) => 'changed' | Delta | null
  summaries: { get: string; follow: string; remove: string }
  descriptions: { follow: string; remove: string }
}

/** What is done with each thing that runs: it is read, followed to its end, and deleted. */
export function runningOperations<Id, Thing extends { state: string }, Answer extends z.ZodType>(
  ports: Pick<ApiPorts, 'subscribe' | 'toApiError'>,
  thing: RunningThing<Id, Thing, Answer>
): { get: Operation; follow: Operation; remove: Operation } {
  const { name, path, tag, toApi, get, remove, news, summaries, descriptions } = thing
  const word = name.toLowerCase()
  const each = {
    path: `${path}/{id}`,
    tag,
    failures: [404] as const,
    pathSchema: z.strictObject({ id: thing.idSchema }),
  }
  return {
    get: operation({
      ...each,
      id: `get${name}`,
      method: 'GET',
      summary: summaries.get,
      success: { status: 200, description: `The ${word}.`, schema: thing.answerSchema },
      run: async ({ path: { id } }) => toApi(await get(id)),
    }),
    follow: operation({
      ...each,
      id: `follow${name}`,
      method: 'GET',
      path: `${path}/{id}/events`,
      summary: summaries.follow,
      description: descriptions.follow,
      success: { status: 200, description: 'The events.', mediaTypes: ['text/event-stream'] },
      run: async ({ path: { id }, signal, stays }) => {
        await get(id)
        return liveEvents(ports, {
          signal,
          ended: stays(),
          name: word,
          read: () => get(id),
          isOver: ({ state }) => state !== 'running',
          news: news(id),
          toApi,
        })
      },
    }),
    remove: operation({
      ...each,
      id: `delete${name}`,
      method: 'DELETE',
      summary: summaries.remove,
      description: descriptions.remove,
      success: { status: 204, description: 'It is gone.' },
      run: async ({ path: { id } }) => {
        await get(id)
        await remove(id)
        return null
      },
    }),
  }
}
