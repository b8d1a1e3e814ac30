/**
 * Bytes as a body that is written as fast as it is read.
 *
 * @param first of the parts, which was asked for before
 * @param told.failed is told why the rest does not come
 * @param told.leaving is aborted when the reader leaves
 */
export function byteStream(
  first: IteratorResult<Uint8Array<ArrayBuffer>, void>,
  parts: AsyncGenerator<Uint8Array<ArrayBuffer>, void>,
  told: { ended: () => void; failed: (error: unknown) => unknown; leaving: AbortController }
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let next: Promise<typeof first> | null = Promise.resolve(first)
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await (next ?? parts.next())
          next = null
          if (done) {
            told.ended()
            controller.close()
          } else controller.enqueue(value)
        } catch (error) {
          told.failed(error)
          controller.error(error)
        }
      },
      cancel: async () => {
        told.leaving.abort()
        told.failed(told.leaving.signal.reason)
        // What it waits for ends by the signal.
        await parts.return().catch(() => undefined)
      },
    },
    { highWaterMark: 0 }
  )
}
