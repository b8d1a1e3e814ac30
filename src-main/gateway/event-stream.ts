const encoder = new TextEncoder()
const ALIVE = encoder.encode(': still waiting\n\n')

/**
 * Server-sent events, written as fast as they are read: the next part of the answer is only asked for when the reader has
 * room for it, so that a slow reader slows down whoever writes. While nothing comes, a comment is sent now and then: programs
 * and proxies take a silent connection for a dead one.
 *
 * @param parts tells of its failures itself: it never throws. An empty part says nothing to this reader
 * @param left is called when the reader leaves before the end
 */
export function eventStream(
  parts: AsyncIterator<string, void>,
  { left, aliveMs }: { left: () => void; aliveMs: number }
): ReadableStream<Uint8Array> {
  let isWaiting = false
  let alive: NodeJS.Timeout | undefined
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        alive = setInterval(() => {
          // Whoever has not read what is there needs no sign of life.
          if (isWaiting && controller.desiredSize === 0) controller.enqueue(ALIVE)
        }, aliveMs)
      },
      pull: async (controller) => {
        isWaiting = true
        let part = await parts.next()
        while (part.done !== true && part.value === '') part = await parts.next()
        isWaiting = false
        if (part.done !== true) return controller.enqueue(encoder.encode(part.value))
        clearInterval(alive)
        controller.close()
      },
      cancel: () => {
        clearInterval(alive)
        left()
      },
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 }
  )
}
