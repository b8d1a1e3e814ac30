import type { RecordedRequest, Reply } from './fake-server'

/** An answer, or how to make it from the request. */
export type Scripted = Reply | ((request: RecordedRequest) => Reply)

/** What a fake server was told to answer, by the end of the path. */
export interface ReplyScript {
  /** The next requests to `path` get these, one each, in order. */
  once(path: string, replies: readonly Scripted[]): void
  /** Every request to `path` gets this when nothing else is scripted; `null` ends it. */
  always(path: string, reply: Scripted | null): void
  /** The scripted answer to a request; null when there is none. */
  take(request: RecordedRequest): Reply | null
}

export function createReplyScript(): ReplyScript {
  const queues = new Map<string, Scripted[]>()
  const standing = new Map<string, Scripted>()
  return {
    once: (path, replies) => queues.set(path, [...(queues.get(path) ?? []), ...replies]),
    always: (path, reply) => (reply === null ? standing.delete(path) : standing.set(path, reply)),
    take: (request) => {
      const matches = (path: string) => request.path.endsWith(path)
      const queue = [...queues].find(([path, replies]) => matches(path) && replies.length > 0)?.[1]
      const scripted = queue?.shift() ?? [...standing].find(([path]) => matches(path))?.[1]
      return typeof scripted === 'function' ? scripted(request) : (scripted ?? null)
    },
  }
}
