import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Core } from '@main/core/core'
import { listen } from '@main/http/listen'
import { readText } from '@main/http/read-text'
import { bearerOf, createSecret, type Secret } from '@main/http/secret'
import { WholeResponse } from '@main/http/whole-response'
import { isMediaAddress, mediaFile } from '@main/shells/media-files'
import { rendererFile } from '@main/shells/renderer-files'

/** A preset file of the largest size, with room around it. */
const LARGEST_BODY = 24_000_000
const ROUTE = /^http:\/\/[^/]+\/rpc\/([A-Za-z.]{1,80})(?:\?|$)/

export interface BrowserShell {
  /** With the token of this run. */
  url: string
  close(): Promise<void>
}

/**
 * Serves the app to a browser on this computer: the renderer's files, `POST /rpc/<route>` with the token as bearer, and
 * the events over a WebSocket. It listens on loopback only.
 */
export async function startBrowserShell(core: Core, port: number): Promise<BrowserShell> {
  const token = createSecret()
  const events = createEventSockets(core, token)
  const server = await listen({
    address: '127.0.0.1',
    port,
    fetch: (request) => app.fetch(request),
    upgrade: (request, socket, head) => events.upgrade(request, socket, head),
  })
  const app = createApp(core, token, `fabula-${server.port}`)
  return {
    url: `${server.origin}/?token=${token.text}`,
    close: async () => {
      events.close()
      await server.stop(0)
    },
  }
}

/** @param cookie a name of this server's own: browsers send a cookie to every port of this computer */
function createApp(core: Core, token: Secret, cookie: string): Hono {
  // What another program on this computer hears as a cookie is not the token.
  const cookieSecret = createSecret()
  const app = new Hono()
  app.onError(() => refuse(500))

  app.all('/rpc/*', async (context) => {
    const { req } = context
    if (!token.matches(bearerOf(req.header('authorization')))) return refuse(401)
    // Not Hono's own parameter: it would undo escapes, and no route has one.
    const route = ROUTE.exec(req.url)?.[1]
    if (route === undefined) return refuse(404)
    if (req.method !== 'POST') return refuse(405)
    const body = await readText(req.raw, LARGEST_BODY)
    if (body === null) return refuse(413)
    const envelope = await core.request(route, parsed(body))
    return new WholeResponse(JSON.stringify(envelope), {
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    })
  })

  app.all('*', async (context) => {
    const { req } = context
    const given = req.query('token')
    if (!(given === undefined ? cookieSecret.matches(getCookie(context, cookie)) : token.matches(given)))
      return refuse(401)
    // Whoever came with the token comes back with the cookie.
    const headers: Record<string, string> =
      given === undefined ? {} : { 'Set-Cookie': `${cookie}=${cookieSecret.text}; HttpOnly; SameSite=Strict; Path=/` }
    if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(405, headers)
    if (isMediaAddress(new URL(req.url).pathname)) return withHeaders(await mediaFile(core, req.raw), headers)
    const file = await rendererFile(new URL(req.url).pathname, token.text)
    if (!file) return refuse(404, headers)
    return new WholeResponse(file.body, { headers: { ...file.headers, ...headers } })
  })
  return app
}

interface EventSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** Tells what main says to pages of our own that have the token. */
function createEventSockets(core: Core, token: Secret): EventSockets {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'fabula', maxPayload: 1024 })
  return {
    upgrade: (request, socket, head) => {
      const { host = '', origin, 'sec-websocket-protocol': protocols = '' } = request.headers
      const [name, given] = protocols.split(/\s*,\s*/)
      const isOwn = !origin || origin === `http://${host}`
      if (!isOwn || request.url !== '/events' || name !== 'fabula' || !token.matches(given)) {
        socket.end(`HTTP/1.1 ${isOwn ? '401 Unauthorized' : '403 Forbidden'}\r\nConnection: close\r\n\r\n`)
        return
      }
      sockets.handleUpgrade(request, socket, head, (client) => {
        const stop = core.subscribe((event) => client.send(JSON.stringify(event)))
        client.on('close', stop)
        client.on('error', stop)
      })
    },
    close: () => {
      for (const client of sockets.clients) client.terminate()
    },
  }
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

const refuse = (status: number, headers: Record<string, string> = {}): Response =>
  new WholeResponse('', { status, headers })

/** What is not JSON is no input at all: the route's schema then says what it wants. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
