const encoder = new TextEncoder()

/**
 * Server-sent events, written as fast as they are read: the next part of the answer is only asked for when the reader has
 * room for it, so that a slow reader slows down whoever writes. While nothing comes, a comment is sent now and then: programs
 * and proxies take a silent connection for a dead one.
 *
 * @param parts tells of its failures itself: it never throws
 * @param left is called when the reader leaves before the end
 */
export function eventStream(
  parts: AsyncIterator<string, void>,
  { left, aliveMs }: { left: () => void; aliveMs: number }
): ReadableStream<Uint8Array> {
  let waiting: Promise<IteratorResult<string, void>> | null = null
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        waiting ??= parts.next()
        let part = await orSilence(waiting, aliveMs)
        // A part may have nothing to say to this reader.
        while (part !== SILENCE && part.done !== true && part.value === '') {
          waiting = parts.next()
          part = await orSilence(waiting, aliveMs)
        }
        if (part === SILENCE) return controller.enqueue(encoder.encode(': still waiting\n\n'))
        waiting = null
        if (part.done === true) controller.close()
        else controller.enqueue(encoder.encode(part.value))
      },
      cancel: left,
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 }
  )
}

const SILENCE = Symbol('silence')

/** What a promise gives, or `SILENCE` when it takes longer than so many milliseconds. */
export function orSilence<Value>(promise: Promise<Value>, ms: number): Promise<Value | typeof SILENCE> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(SILENCE), ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
