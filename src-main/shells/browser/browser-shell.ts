import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Core } from '@main/core/create-core'
import { rendererFile } from '@main/shells/renderer-files'
import { createSessionToken } from './session-token'

/** A preset file of the largest size, with room around it. */
const LARGEST_BODY = 24_000_000
const ROUTE = /^\/rpc\/([A-Za-z.]{1,80})$/

export interface BrowserShell {
  /** With the token of this run. */
  url: string
  close(): Promise<void>
}

/**
 * Serves the app to a browser on this computer: the renderer's files, `POST /rpc/<route>` with the token as bearer, and
 * the events over a WebSocket. It listens on loopback only, and answers only requests that name it by a loopback host:
 * a web page that points its own name here (DNS rebinding) is refused.
 */
export async function startBrowserShell(core: Core, port: number): Promise<BrowserShell> {
  const token = createSessionToken()
  // Browsers send a cookie to every port of this computer: what another program there hears is not the token.
  const cookieSecret = createSessionToken()
  const hosts = new Set<string>()
  let cookie = 'fabula'

  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) refuse(response, 500)
      else response.destroy()
    })
  })
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'fabula', maxPayload: 1024 })

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (!hosts.has(request.headers.host ?? '')) return refuse(response, 403)
    const address = request.url ?? '/'
    if (!URL.canParse(address, 'http://fabula')) return refuse(response, 400)
    const url = new URL(address, 'http://fabula')
    const route = ROUTE.exec(url.pathname)?.[1]
    if (route !== undefined || url.pathname.startsWith('/rpc')) return answer(request, response, route)
    const given = url.searchParams.get('token') ?? undefined
    const known = given === undefined ? cookieSecret.matches(cookieOf(request, cookie)) : token.matches(given)
    if (!known) return refuse(response, 401)
    if (given !== undefined)
      response.setHeader('Set-Cookie', `${cookie}=${cookieSecret.text}; HttpOnly; SameSite=Strict; Path=/`)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
    const file = await rendererFile(url.pathname, token.text)
    if (!file) return refuse(response, 404)
    response.writeHead(200, file.headers).end(request.method === 'HEAD' ? undefined : file.body)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse, route: string | undefined) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (!token.matches(bearer)) return refuse(response, 401)
    if (request.method !== 'POST' || route === undefined) return refuse(response, route === undefined ? 404 : 405)
    const body = await bodyOf(request)
    if (body === null) return refuse(response, 413)
    const envelope = await core.request(route, parsed(body))
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
    response.end(JSON.stringify(envelope))
  }

  server.on('upgrade', (request, socket, head) => {
    // Node has left this socket to us: an error that nobody hears would end the app.
    socket.on('error', () => socket.destroy())
    const [name, given] = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/)
    const origin = request.headers.origin
    const own = hosts.has(request.headers.host ?? '') && (!origin || hosts.has(origin.replace(/^http:\/\//, '')))
    if (!own || request.url !== '/events' || name !== 'fabula' || !token.matches(given)) {
      socket.end(`HTTP/1.1 ${own ? '401 Unauthorized' : '403 Forbidden'}\r\nConnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const stop = core.subscribe((event) => client.send(JSON.stringify(event)))
      client.on('close', stop)
      client.on('error', stop)
    })
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: chosen } = server.address() as AddressInfo
  hosts.add(`127.0.0.1:${chosen}`).add(`localhost:${chosen}`)
  cookie = `fabula-${chosen}`

  return {
    url: `http://127.0.0.1:${chosen}/?token=${token.text}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end()
}

/** The whole body as text, or null when it is larger than any request of ours. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LARGEST_BODY) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What is not JSON is no input at all: the route's schema then says what it wants. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const cookieOf = (request: IncomingMessage, name: string): string | undefined =>
  (request.headers.cookie ?? '')
    .split(/;\s*/)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
