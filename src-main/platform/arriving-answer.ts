import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

/** An answer whose head has come. */
export interface ArrivingAnswer {
  status: number
  headers: IncomingHttpHeaders
  /** The bytes as they come. Ending the iterator ends the answer. */
  chunks: AsyncIterableIterator<Uint8Array>
}

/** Bytes that wait for their reader before the server has to wait too. */
const MOST_WAITING = 65_536

/** Made once: an error with its trace takes longer than what it ends. */
const LEFT = new Error('The reader of the answer left')

/**
 * Sends a request, and hands on what comes as it comes: undici's own streams do much for each chunk that is of no use here.
 *
 * @throws the signal's reason, or undici's error; the same is thrown where the bytes are read
 */
export function dispatch(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal | null
): Promise<ArrivingAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null
    const waiting: Uint8Array[] = []
    let bytes = 0
    /** How it ended; an error of null is a whole answer. */
    let over: { error: unknown } | null = null
    let wake = () => {}

    const end = (error: unknown) => {
      if (over) return
      over = { error }
      signal?.removeEventListener('abort', abort)
      // Where the head is out, whoever reads on hears it.
      reject(error)
      wake()
    }
    const breakOff = (error: unknown) => {
      waiting.length = 0
      if (over) return
      end(error)
      controller?.abort(LEFT)
    }
    const abort = () => breakOff(signal?.reason)

    const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      for (;;) {
        const chunk = waiting.shift()
        if (chunk) {
          bytes -= chunk.length
          if (bytes <= MOST_WAITING) controller?.resume()
          return { done: false, value: chunk }
        }
        if (over) {
          if (over.error === null) return { done: true, value: undefined }
          throw over.error
        }
        // One chunk after the other.
        await new Promise<void>((resolveWait) => (wake = resolveWait))
      }
    }
    const chunks: AsyncIterableIterator<Uint8Array> = {
      next,
      return: () => {
        breakOff(null)
        return Promise.resolve({ done: true, value: undefined })
      },
      [Symbol.asyncIterator]: () => chunks,
    }

    signal?.addEventListener('abort', abort, { once: true })
    dispatcher.dispatch(options, {
      onRequestStart: (its) => {
        controller = its
        if (over) its.abort(LEFT)
      },
      onResponseStart: (_its, status, headers) => {
        // Below 200, another head follows.
        if (status >= 200) resolve({ status, headers, chunks })
      },
      onResponseData: (its, chunk) => {
        if (over) return
        waiting.push(chunk)
        bytes += chunk.length
        if (bytes > MOST_WAITING) its.pause()
        wake()
      },
      onResponseEnd: () => end(null),
      onResponseError: (_its, error) => end(error),
    })
  })
}
