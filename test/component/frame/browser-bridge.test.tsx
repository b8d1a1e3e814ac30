import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { topics } from '@contract/route'
import type { AnyEvent } from '@contract/events'
import { createBrowserBridge, takeToken } from '@renderer/api/browser-bridge'

const TOKEN = 'secret-of-this-session'
const closers: (() => void)[] = []
/** As in a browser, an error that nobody listens to is not thrown. */
class QuietWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols)
    this.on('error', () => {})
  }
}

// jsdom's own WebSocket cannot tell its events from Node's.
beforeEach(() => {
  vi.stubGlobal('WebSocket', QuietWebSocket)
})
afterEach(() => {
  vi.unstubAllGlobals()
  for (const close of closers.splice(0)) close()
})

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const http = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*')
    if (request.method === 'OPTIONS') response.end()
    else answer(request, response)
  })
  const sockets: WebSocket[] = []
  const offered: string[][] = []
  const webSockets = new WebSocketServer({
    server: http,
    handleProtocols: (protocols) => {
      offered.push([...protocols])
      return 'fabula'
    },
  })
  const opened = () => new Promise<WebSocket>((resolve) => webSockets.once('connection', resolve))
  webSockets.on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.terminate()
    webSockets.close()
    http.close()
  })
  const { port } = http.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, opened, offered }
}

test('requests carry the token and the input, and give the answer of main', async () => {
  const seen: unknown[] = []
  const { origin } = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push([request.method, request.url, request.headers.authorization, body])
      response.end('{"ok":true,"data":{"id":1}}')
    })
  })
  const bridge = createBrowserBridge({ token: TOKEN, origin, onConnection: () => {} })
  expect(await bridge.request('stories.get', { id: 'x' })).toEqual({ ok: true, data: { id: 1 } })
  expect(seen).toEqual([['POST', '/rpc/stories.get', `Bearer ${TOKEN}`, '{"id":"x"}']])
})

test('a refused token, an answer that is none and a server that is gone each have their error', async () => {
  let status = 401
  const { origin } = await serve((_, response) => {
    response.statusCode = status
    response.end('nothing to see')
  })
  const bridge = createBrowserBridge({ token: TOKEN, origin, onConnection: () => {} })
  expect(await bridge.request('app.status', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  status = 502
  expect(await bridge.request('app.status', {})).toMatchObject({ ok: false, error: { code: 'internal' } })
  const gone = createBrowserBridge({ token: TOKEN, origin: 'http://127.0.0.1:1', onConnection: () => {} })
  expect(await gone.request('app.status', {})).toMatchObject({ ok: false, error: { code: 'disconnected' } })
})

test('what was asked before the events could come is asked again once they can', async () => {
  const { origin } = await serve((_, response) => response.end('{"ok":true,"data":[]}'))
  const bridge = createBrowserBridge({ token: TOKEN, origin, onConnection: () => {} })
  const all = new Promise<AnyEvent>((resolve) => bridge.subscribe(resolve))
  void bridge.request('servers.list', {})
  expect(await all).toEqual({ name: 'data.changed', payload: { topics: [...topics], only: {} } })
})

test('events come by WebSocket; after a break it connects again and everything is asked anew', async () => {
  const { origin, opened, offered } = await serve((_, response) => response.end())
  const first = opened()
  const connection = vi.fn<(connected: boolean) => void>()
  const bridge = createBrowserBridge({ token: TOKEN, origin, onConnection: connection })
  const events: AnyEvent[] = []
  const next = () => new Promise<void>((resolve) => bridge.subscribe(() => resolve()))
  bridge.subscribe((event) => events.push(event))

  const socket = await first
  expect(offered).toEqual([['fabula', TOKEN]])
  const told = next()
  socket.send('not json')
  socket.send('{"name":"no.such","payload":{}}')
  socket.send('{"name":"data.changed","payload":{"topics":["stories"],"only":{}}}')
  await told
  expect(events).toEqual([{ name: 'data.changed', payload: { topics: ['stories'], only: {} } }])

  const again = next()
  socket.terminate()
  await again
  expect(events.at(-1)).toEqual({ name: 'data.changed', payload: { topics: [...topics], only: {} } })
  expect(connection.mock.calls.flat()).toEqual([true, false, true])
})

test('the token leaves the address at once and is read from the page, in every tab', () => {
  const meta = document.head.appendChild(Object.assign(document.createElement('meta'), { name: 'fabula-token' }))
  onTestFinished(() => meta.remove())
  meta.content = TOKEN
  window.history.replaceState(null, '', `/?token=${TOKEN}#/stories`)
  expect(takeToken()).toBe(TOKEN)
  expect(window.location.href).not.toContain(TOKEN)
  expect(window.location.hash).toBe('#/stories')
  expect(takeToken()).toBe(TOKEN)
})

test('requests outlive the page as far as browsers let them, so that the last save arrives', async () => {
  const { origin } = await serve((_, response) => response.end('{"ok":true,"data":{}}'))
  const bridge = createBrowserBridge({ token: TOKEN, origin, onConnection: () => {} })
  const fetched = vi.spyOn(globalThis, 'fetch')
  const draft = (length: number) => bridge.request('stories.saveDraft', { id: 'x', draft: 'я'.repeat(length) })
  await Promise.all([draft(20_000), draft(20_000), draft(100)])
  await draft(20_000)
  await draft(40_000)
  // 64 KiB in all at one time, and two bytes to a letter.
  expect(fetched.mock.calls.map(([, init]) => init?.keepalive)).toEqual([true, false, true, true, false])
})
