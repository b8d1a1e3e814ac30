/**
 * A Response whose bytes can also be read as they are: through its web stream each chunk takes a longer way. Whoever reads
 * the one leaves the other alone. Ending the iterator ends the answer.
 */
export class ChunkedResponse extends Response {
  readonly chunks: AsyncIterableIterator<Uint8Array>

  constructor(chunks: AsyncIterableIterator<Uint8Array>, init: { status: number; headers: Headers }) {
    const isStatus = init.status >= 200 && init.status <= 599
    super(streamOf(chunks), { ...init, status: isStatus ? init.status : 599 })
    // Servers answer with numbers of their own, with which a Response cannot be made.
    if (!isStatus) Object.defineProperty(this, 'status', { value: init.status })
    this.chunks = chunks
  }
}

/** The bytes of any answer that has some, by the shortest way. */
export const chunksOf = (response: Response): AsyncIterable<Uint8Array> | null =>
  response instanceof ChunkedResponse ? response.chunks : response.body

const streamOf = (chunks: AsyncIterableIterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
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
