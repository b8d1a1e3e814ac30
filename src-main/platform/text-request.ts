import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type * as Undici from 'undici'
import { dispatch, type ArrivingAnswer } from './arriving-answer'
import { ChunkedResponse } from './chunked-response'

/** A request whose body is a text, with its headers. */
export interface TextRequest {
  method: string
  headers: Readonly<Record<string, string>>
  body: string
  signal?: AbortSignal | null
}

/** Statuses under which a Response has no body, and must not get one. */
const WITHOUT_BODY = new Set([204, 205, 304])

/** For servers that compress although they were not asked to. */
const decoders: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * Sends a request as `fetch` does with `redirect: 'manual'`, in a third of the time: without what fetch does for browsers, and
 * with an answer that can be read without a web stream. What models answer is short or comes word by word: it is asked for
 * uncompressed.
 *
 * @throws the signal's reason, or a TypeError with the cause, as fetch does
 */
export async function requestByText(
  url: URL,
  { method, headers, body, signal = null }: TextRequest,
  dispatcher: Undici.Dispatcher
): Promise<Response> {
  try {
    signal?.throwIfAborted()
    const { origin, pathname, search } = url
    const sent = { ...headers, 'accept-encoding': 'identity' }
    const options = { origin, path: pathname + search, method, headers: sent, body }
    return responseOf(await dispatch(dispatcher, options, signal))
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw new TypeError('fetch failed', { cause: error })
  }
}

function responseOf({ status, headers: given, chunks }: ArrivingAnswer): Response {
  try {
    const headers = new Headers()
    for (const [name, value] of Object.entries(given))
      for (const one of typeof value === 'string' ? [value] : (value ?? [])) headers.append(name, one)
    if (WITHOUT_BODY.has(status)) return new Response(null, { status, headers })
    return new ChunkedResponse(decoded(chunks, headers.get('content-encoding')), { status, headers })
  } catch (error) {
    void chunks.return?.()
    throw error
  }
}

function decoded(
  chunks: AsyncIterableIterator<Uint8Array>,
  encoding: string | null
): AsyncIterableIterator<Uint8Array> {
  if (encoding?.includes(',')) throw new Error('The answer is compressed more than once')
  const decoder = encoding === null ? undefined : decoders[encoding.trim().toLowerCase()]
  if (!decoder) return chunks
  const compressed = Readable.from(chunks, { objectMode: false })
  const plain = decoder()
  compressed.once('error', (error) => plain.destroy(error))
  plain.once('close', () => compressed.destroy()).on('error', () => undefined)
  return chunksOf(compressed.pipe(plain))
}

/** Leaving ends the stream, also where it was never read. */
function chunksOf(stream: Readable): AsyncIterableIterator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]()
  const iterator: AsyncIterableIterator<Uint8Array> = {
    next: () => chunks.next(),
    return: () => {
      stream.destroy()
      return Promise.resolve({ done: true, value: undefined })
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}
