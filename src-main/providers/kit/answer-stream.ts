import type { ChatEvent } from '@main/providers/spec/chat'
import { tooLarge, type Source } from './failures'
import { limits } from './limits'

/** An answer up to the longest that Fabula takes: what came until then stays with its reader, and a failure ends it. */
export async function* withinAnswerLimit(
  connection: Source,
  stream: AsyncIterable<ChatEvent>
): AsyncGenerator<ChatEvent> {
  let length = 0
  for await (const event of stream) {
    length += lengthOf(event)
    if (length > limits.answer) throw tooLarge(connection, 'answer')
    yield event
  }
}

/** Characters. */
function lengthOf(event: ChatEvent): number {
  if (event.type === 'end') return 0
  if (event.type === 'toolCall') return event.arguments.length
  const details = event.type === 'reasoning' && event.details ? JSON.stringify(event.details).length : 0
  return event.text.length + details
}

/** What may still come after the end of an answer, such as its usage, comes at once or is not waited for. Milliseconds. */
const AFTER_END_MS = 2_000

/**
 * A stream whose answer may be over before the connection is: from when `isOver` says so, the rest is waited for only
 * shortly. Some servers keep the connection open for minutes, and the writer would wait for nothing.
 */
export async function* withoutTail<Item>(stream: AsyncIterable<Item>, isOver: () => boolean): AsyncGenerator<Item> {
  const items = stream[Symbol.asyncIterator]()
  let timer: NodeJS.Timeout | undefined
  let endTail = () => {}
  const tailEnded = new Promise<null>((resolve) => (endTail = () => resolve(null)))
  try {
    for (;;) {
      if (isOver()) timer ??= setTimeout(endTail, AFTER_END_MS)
      const next = items.next()
      const result = timer === undefined ? await next : await firstOf(next, tailEnded)
      if (result === null || result.done) return
      yield result.value
    }
  } finally {
    clearTimeout(timer)
    void items.return?.().catch(() => undefined)
  }
}

/** When the time is up first, nobody is interested in how reading ends. */
function firstOf<Item>(next: Promise<IteratorResult<Item>>, tailEnded: Promise<null>) {
  next.catch(() => undefined)
  return Promise.race([next, tailEnded])
}

/** Milliseconds: longer, and whoever reads the answer would wait for its end. */
const TAIL_MS = 50

/**
 * Reads on after the last that a stream has to say: a connection that comes to its end can be used for the next call, where
 * one that is broken off must be opened anew. One that stays open is not waited for.
 */
export async function readTail(items: AsyncIterator<unknown>): Promise<void> {
  const over = () => {}
  const end = items.next().then(over, over)
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, TAIL_MS)
  })
  await Promise.race([end, enough])
  clearTimeout(timer)
}
