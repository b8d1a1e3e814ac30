import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Gate } from './gate'

/** What a fake server saw of one request. */
export interface RecordedRequest {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string | undefined>
  /** The JSON body, the fields of a form, or `undefined` when there was none. */
  body: unknown
  /** The client closed the connection before the answer was complete. */
  closedEarly: boolean
  /** Resolves when the connection of this request is over, in whatever way. */
  ended: Promise<void>
}

/**
 * One move of a scripted answer: bytes to send, `headers` to send the head alone, `reset` to cut the connection hard,
 * `hang-up` to end it without the end that HTTP asks for, a gate to wait at, or something for the fake to note. The head
 * goes out with the first bytes.
 */
export type Step = string | Uint8Array | { do: 'headers' | 'reset' | 'hang-up' } | { wait: Gate } | { note: () => void }

export interface Reply {
  status: number
  headers: Record<string, string>
  steps: readonly Step[]
}

export type Handler = (request: RecordedRequest) => Reply

export const jsonReply = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  steps: [JSON.stringify(body)],
})

/** What a proxy puts in the place of the API. */
export const htmlReply = (status: number): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  steps: [`<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>Bad gateway</h1></body></html>`],
})

export const redirectReply = (location: string, status = 307): Reply => ({ status, headers: { location }, steps: [] })

/** The connection breaks before any answer. */
export const resetReply = (): Reply => ({ status: 200, headers: {}, steps: [{ do: 'reset' }] })

/** Nothing comes until the test opens the gate. */
export const stallReply = (gate: Gate): Reply => ({ status: 200, headers: {}, steps: [{ wait: gate }] })

export interface FakeServer {
  /** `http://127.0.0.1:PORT`; stays the same while the server is down. */
  origin: string
  requests: RecordedRequest[]
  /** Requests to a path that ends with `path`. */
  requestsTo(path: string): RecordedRequest[]
  /** The next request to a path that ends with `path`, or the newest one that was not handed out yet. */
  nextRequest(path: string): Promise<RecordedRequest>
  /** Connections are refused from now on, and those that are open are cut. */
  goDown(): Promise<void>
  /** Listens again, at the same address. */
  comeBack(): Promise<void>
  /** Ends the server; nothing of it is left. */
  stop(): Promise<void>
}

/** Starts an HTTP server on 127.0.0.1, on a free port, that records requests and plays what `handler` answers. */
export async function startFakeServer(handler: Handler): Promise<FakeServer> {
  const requests: RecordedRequest[] = []
  const handedOut = new Set<RecordedRequest>()
  const sockets = new Set<Socket>()
  let arrived = () => {}
  let arrival = new Promise<void>((resolve) => (arrived = resolve))

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const request = await record(incoming, outgoing)
    requests.push(request)
    arrived()
    arrival = new Promise<void>((resolve) => (arrived = resolve))
    await play(replyTo(request), outgoing)
  }
  // A request that the fake cannot read shows as its answer, not as a test that hangs.
  const replyTo = (request: RecordedRequest): Reply => {
    try {
      return handler(request)
    } catch (error) {
      return jsonReply({ error: { message: `The fake server cannot read this: ${String(error)}` } }, 400)
    }
  }
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing))
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  const goDown = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })

  await listen(0)
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The fake server has no port')
  const { port } = address
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    requestsTo: (path) => requests.filter((request) => request.path.endsWith(path)),
    nextRequest: async (path) => {
      for (;;) {
        const next = requests.find((request) => request.path.endsWith(path) && !handedOut.has(request))
        if (next) {
          handedOut.add(next)
          return next
        }
        await arrival
      }
    },
    goDown,
    comeBack: async () => await listen(port),
    stop: async () => {
      if (server.listening) await goDown()
    },
  }
}

async function record(incoming: IncomingMessage, outgoing: ServerResponse): Promise<RecordedRequest> {
  const url = new URL(incoming.url ?? '/', 'http://fake')
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  const request: RecordedRequest = {
    method: incoming.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: bodyOf(text, incoming.headers['content-type'] ?? ''),
    closedEarly: false,
    ended: Promise.resolve(),
  }
  request.ended = new Promise((resolve) => {
    outgoing.on('close', () => {
      request.closedEarly = !outgoing.writableFinished
      resolve()
    })
  })
  return request
}

function bodyOf(text: string, type: string): unknown {
  if (text === '') return undefined
  return type.includes('form-urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text)
}

async function play(reply: Reply, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = reply.status
  for (const [name, value] of Object.entries(reply.headers)) outgoing.setHeader(name, value)
  for (const step of reply.steps) {
    if (outgoing.destroyed) return
    if (typeof step === 'string' || step instanceof Uint8Array) {
      await new Promise<void>((resolve) => outgoing.write(step, () => resolve()))
    } else if ('wait' in step) {
      step.wait.arrive()
      await step.wait.opened
    } else if ('note' in step) {
      step.note()
    } else if (step.do === 'headers') {
      outgoing.flushHeaders()
    } else {
      if (step.do === 'reset') outgoing.socket?.resetAndDestroy()
      else outgoing.socket?.destroy()
      return
    }
  }
  outgoing.end()
}
