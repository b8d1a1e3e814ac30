import { getRequestListener, RequestError, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createHostCheck, inUrl } from './host-names'
import { defaultLimits, type HttpLimits } from './limits'
import { createLiveRequests } from './live-requests'
import { StreamedResponse, writeParts } from './streamed-response'
import { WholeResponse } from './whole-response'

/** Why a request is refused before any route sees it. */
export type Refusal = 'bad-address' | 'foreign-host' | 'too-many-headers' | 'stopping'

const statuses: Record<Refusal, number> = {
  'bad-address': 400,
  'foreign-host': 403,
  'too-many-headers': 431,
  stopping: 503,
}

export interface ListenOptions {
  /** The address to listen on, such as `127.0.0.1`. */
  address: string
  /** 0 for any that is free. */
  port: number
  /** Names besides those of this computer and the address by which requests may name their host. */
  hostNames?: readonly string[]
  limits?: Partial<HttpLimits>
  /** Answers requests; the `fetch` of a Hono app. */
  fetch: (request: Request) => Response | Promise<Response>
  /** The body of a refusal, as JSON; without it the body is empty. */
  refusalBody?: (refusal: Refusal, status: number) => unknown
  /** Takes over a connection that is to become another protocol, as WebSockets do. Its host is checked. */
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

export interface Listening {
  address: string
  port: number
  /** `http://127.0.0.1:PORT`. */
  origin: string
  /**
   * Takes no new request, lets the answers that are under way end for so many milliseconds, and then closes all
   * connections. Resolves when none is left. Asked again, the shorter time counts.
   */
  stop(withinMs: number): Promise<void>
}

/**
 * Listens for HTTP: the one place for what every server of ours holds its clients to, before any route sees a request.
 * @throws Node's error where it cannot listen: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { address, fetch, refusalBody, upgrade } = options
  const limits = { ...defaultLimits, ...options.limits }
  const live = createLiveRequests(limits.stalledMs)
  let isOurs: (host: string | undefined) => boolean = () => false
  let stopping: Promise<void> | null = null

  // Fabula's own requests go through the global Response and Request: those are left as they are.
  const answer = getRequestListener((request, bindings) => sent(fetch(request), bindings), {
    overrideGlobalObjects: false,
    errorHandler: (error) => new Response(null, { status: error instanceof RequestError ? 400 : 500 }),
  })
  const refusalOf = (request: IncomingMessage): Refusal | null => {
    // Each stands there with its name and its value.
    if (request.rawHeaders.length / 2 > limits.headerCount) return 'too-many-headers'
    if (!isOurs(request.headers.host)) return 'foreign-host'
    // Of two names Node tells the first: whatever stands between may go by the other (RFC 9112, 3.2).
    if (request.rawHeaders.filter((text, at) => at % 2 === 0 && isHostHeader(text)).length > 1) return 'bad-address'
    const target = request.url ?? '/'
    if (PLAIN_PATH.test(target)) return stopping ? 'stopping' : null
    const url = URL.parse(target, 'http://fabula')
    if (!url) return 'bad-address'
    // A whole address as the target counts for more than the header Host.
    if (!target.startsWith('/') && url.host !== 'fabula' && !isOurs(url.host)) return 'foreign-host'
    request.url = url.pathname + url.search
    return stopping ? 'stopping' : null
  }
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      // How often the two limits are looked at: often enough to mean what they say.
      connectionsCheckingInterval: Math.min(1000, limits.headersMs),
    },
    (request, response) => {
      const refusal = refusalOf(request)
      if (refusal) return refuse(response, refusal)
      live.add(request, response)
      void answer(request, response)
    }
  )
  server.maxConnections = limits.connections
  server.on('connection', live.connected)
  server.setTimeout(limits.stalledMs, live.silent)

  const refuse = (response: ServerResponse, refusal: Refusal) => {
    const status = statuses[refusal]
    const body = refusalBody ? JSON.stringify(refusalBody(refusal, status)) : ''
    const type = refusalBody ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8'
    response.writeHead(status, { 'Content-Type': type, Connection: 'close' }).end(body)
  }
  if (upgrade)
    server.on('upgrade', (request, socket, head) => {
      // Node has left this socket to us: an error that nobody hears would end the app.
      socket.on('error', () => socket.destroy())
      const refusal = refusalOf(request)
      if (refusal) socket.end(`HTTP/1.1 ${statuses[refusal]} Refused\r\nConnection: close\r\n\r\n`)
      else upgrade(request, socket, head)
    })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, address, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port } = server.address() as AddressInfo
  isOurs = createHostCheck(address, port, options.hostNames ?? [])

  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    await live.drained(() => server.closeIdleConnections())
    live.closeAll()
    await closed
  }
  return {
    address,
    port,
    origin: `http://${inUrl(address)}:${port}`,
    stop: (withinMs) => {
      const timer = setTimeout(live.closeAll, withinMs)
      stopping ??= stop()
      return stopping.finally(() => clearTimeout(timer))
    },
  }
}

/** A path in which nothing is to be resolved. */
const PLAIN_PATH = /^(?:\/[\w-]+)+$/

const isHostHeader = (name: string): boolean => name.length === 4 && name.toLowerCase() === 'host'

/** Sends an answer that needs no web stream; any other is left to the adapter. */
async function sent(
  answering: Response | Promise<Response>,
  { outgoing }: Pick<HttpBindings | Http2Bindings, 'outgoing'>
): Promise<Response> {
  const response = await answering
  const isWhole = response instanceof WholeResponse
  if (!isWhole && !(response instanceof StreamedResponse)) return response
  outgoing.statusCode = response.status
  for (const [name, value] of response.headerPairs()) outgoing.appendHeader(name, value)
  if (isWhole) {
    outgoing.setHeader('content-length', Buffer.byteLength(response.whole))
    outgoing.end(response.whole)
  } else void writeParts(response.answer, outgoing)
  return RESPONSE_ALREADY_SENT
}
