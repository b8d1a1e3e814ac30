import { LateResponse } from './late-response'

type Chunks = AsyncIterableIterator<Uint8Array>

/**
 * A Response whose bytes can also be read as they are: through its web stream each chunk takes a longer way. Whoever reads
 * the one leaves the other alone. Ending the iterator ends the answer.
 */
export class ChunkedResponse extends LateResponse {
  chunks: Chunks

  constructor(chunks: Chunks, init: { status: number; headers: Headers }) {
    super(() => streamOf(this.chunks), init)
    this.chunks = chunks
  }
}

/** The bytes of any answer that has some, by the shortest way. */
export const chunksOf = (response: Response): AsyncIterable<Uint8Array> | null =>
  response instanceof ChunkedResponse ? response.chunks : response.body

/** The same answer, whose bytes come through `by`, before anybody has read them. */
export function readBy(response: Response, by: (chunks: AsyncIterator<Uint8Array>) => Chunks): Response {
  if (response instanceof ChunkedResponse) {
    response.chunks = by(response.chunks)
    return response
  }
  const { body, status, headers } = response
  return body ? new ChunkedResponse(by(body[Symbol.asyncIterator]()), { status, headers }) : response
}

const streamOf = (chunks: Chunks): ReadableStream<Uint8Array> =>
  new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => void (await chunks.return?.()),
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 }
  )
