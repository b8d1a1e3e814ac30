import { onTestFinished } from 'vitest'
import { listen, type ListenOptions, type Listening } from '@main/http/listen'
import { createGate } from '@test/helpers/gate'

/** Limits that no test reaches; those that are looked at are laid over them. */
export const LONG = { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000, stalledMs: 60_000 }

/** A server on a free port of loopback, which stops with the test. */
export async function serve(fetch: ListenOptions['fetch'], options: Partial<ListenOptions> = {}): Promise<Listening> {
  const server = await listen({ address: '127.0.0.1', port: 0, limits: LONG, ...options, fetch })
  onTestFinished(() => server.stop(0))
  return server
}

export const hello = () => new Response('hello')

/** The head of a request; `more` are whole lines. */
export const get = (port: number, more = '', target = '/') =>
  `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}\r\n`

/** A stream that a test feeds by hand. */
export function fedStream() {
  const gate = createGate()
  let feed: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      feed = controller
    },
    cancel: () => gate.arrive(),
  })
  return {
    answer: () => new Response(body),
    say: (text: string) => feed?.enqueue(new TextEncoder().encode(text)),
    end: () => feed?.close(),
    /** The server no longer wants it. */
    cancelled: gate.reached,
  }
}
