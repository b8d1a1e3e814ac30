import type { Writable } from 'node:stream'
import { LateResponse } from '@main/platform/late-response'

/** What an answer is written of, one part after the other. */
export interface AnswerParts {
  /** Tells of its failures itself: it never throws. An empty part says nothing to this reader. */
  parts: AsyncIterator<string, void>
  /** Is called when the reader leaves before the end. */
  left: () => void
  /**
   * What shows that more is to come, and after how many milliseconds of silence: programs and proxies take a silent
   * connection for a dead one.
   */
  alive: { text: string; everyMs: number }
}

/**
 * An answer that is written as fast as it is read: the next part is only asked for when the reader has room for it, so that
 * a slow reader slows down whoever writes. `listen` writes the parts to the connection itself: through a web stream, each
 * takes a longer way. Where something on the way makes another Response of it, as middleware does, they go that way.
 */
export class StreamedResponse extends LateResponse {
  readonly answer: AnswerParts

  constructor(answer: AnswerParts, { headers }: { headers: Record<string, string> }) {
    super(() => streamOf(answer), { status: 200, headers })
    this.answer = answer
  }
}

/** The next part that says something; null after the last. */
async function nextOf(parts: AnswerParts['parts']): Promise<string | null> {
  for (;;) {
    // Each is asked for when the one before it is there.
    const { done, value } = await parts.next()
    if (done === true) return null
    if (value !== '') return value
  }
}

/** Writes an answer whose head is set to a connection, up to its end or until the reader leaves. */
export async function writeParts({ parts, left, alive }: AnswerParts, outgoing: Writable): Promise<void> {
  let hasRoom = () => {}
  const timer = setInterval(() => {
    // Whoever has not read what is there needs no sign of life.
    if (!outgoing.writableNeedDrain) outgoing.write(alive.text)
  }, alive.everyMs)
  const closed = () => {
    clearInterval(timer)
    left()
    hasRoom()
  }
  // The connection may be gone since before the answer began.
  if (outgoing.destroyed) return closed()
  outgoing.once('close', closed).on('drain', () => hasRoom())
  for (let part = await nextOf(parts); part !== null; part = await nextOf(parts)) {
    if (outgoing.destroyed) return
    timer.refresh()
    if (!outgoing.write(part)) await new Promise<void>((resolve) => (hasRoom = resolve))
    if (outgoing.destroyed) return
  }
  clearInterval(timer)
  outgoing.off('close', closed)
  outgoing.end()
}

const encoder = new TextEncoder()

/** The same for whoever reads a Response. */
function streamOf({ parts, left, alive }: AnswerParts): ReadableStream<Uint8Array> {
  let isWaiting = false
  let timer: NodeJS.Timeout | undefined
  return new ReadableStream(
    {
      pull: async (controller) => {
        timer ??= setInterval(() => {
          if (isWaiting && controller.desiredSize === 0) controller.enqueue(encoder.encode(alive.text))
        }, alive.everyMs)
        isWaiting = true
        const part = await nextOf(parts)
        isWaiting = false
        if (part !== null) return controller.enqueue(encoder.encode(part))
        clearInterval(timer)
        controller.close()
      },
      cancel: () => {
        clearInterval(timer)
        left()
      },
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 }
  )
}
