import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { startBrowserShell } from '@main/shells/browser/browser-shell'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, storyWith } from '@test/helpers/test-story'

let app: TestCore
let port: number
let token: string
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  const shell = await startBrowserShell(app.core, 0)
  onTestFinished(() => shell.close())
  const url = new URL(shell.url)
  port = Number(url.port)
  token = url.searchParams.get('token') ?? ''
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A request with headers that `fetch` would not let through. */
const send = (path: string, options: RequestOptions = {}, body?: string | Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, ...options }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        })
      )
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
const bearer = () => ({ authorization: `Bearer ${token}` })
const rpc = (route: string, body: string | Buffer = '{}', headers: Record<string, string> = {}) =>
  send(`/rpc/${route}`, { method: 'POST', headers: { ...bearer(), ...headers } }, body)
const envelopeOf = ({ body }: Answer) => z.looseObject({ ok: z.boolean() }).parse(JSON.parse(body))

/** The cookie that the address with the token sets. */
const withCookie = async () => {
  const [cookie = ''] = (await send(`/?token=${token}`)).headers['set-cookie'] ?? []
  return { headers: { cookie: `other=1; ${cookie.split(';')[0]}` } }
}

/** Opens the socket of events, or says with which status it was refused. */
const listen = (options: { protocols?: string[]; origin?: string; path?: string; host?: string } = {}) =>
  new Promise<WebSocket | number>((resolve) => {
    const { protocols = ['fabula', token], path = '/events' } = options
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, {
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      ...(options.host === undefined ? {} : { headers: { host: options.host } }),
    })
    onTestFinished(() => socket.terminate())
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0))
    socket.once('error', () => undefined)
  })

describe('who has no token', () => {
  it.each([
    ['the page', '/', 'GET'],
    ['a file', '/assets/index.js', 'GET'],
    ['what is not there', '/no-such-file.js', 'GET'],
    ['a route', '/rpc/app.status', 'POST'],
    ['a route that is not there', '/rpc/no.such', 'POST'],
    ['the root of the routes', '/rpc', 'GET'],
  ])('gets the same empty 401 for %s', async (_what, path, method) => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { cookie: `fabula-${port}=wrong` }]) {
      const answer = await send(path, { method, headers }, method === 'POST' ? '{}' : undefined)
      expect(answer).toMatchObject({ status: 401, body: '' })
      expect(answer.headers).not.toHaveProperty('set-cookie')
    }
  })

  it('hears nothing', async () => {
    expect(await listen({ protocols: ['fabula', 'wrong'] })).toBe(401)
    expect(await listen({ protocols: ['fabula'] })).toBe(401)
    expect(await listen({ path: '/other' })).toBe(401)
  })

  it('cannot end the app with a connection that it breaks off', async () => {
    for (let times = 0; times < 5; times += 1) {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      const head = [
        'GET /events HTTP/1.1',
        `Host: 127.0.0.1:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      ]
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    expect((await rpc('app.status')).status).toBe(200)
  })
})

describe('a page from elsewhere', () => {
  it.each(['evil.example', `evil.example:80`, '127.0.0.1', '0.0.0.0'])('is refused by its host: %s', async (host) => {
    expect(await send('/', { headers: { ...bearer(), host } })).toMatchObject({ status: 403, body: '' })
    expect(await rpc('app.status', '{}', { host })).toMatchObject({ status: 403, body: '' })
  })

  it('cannot listen, even with the token', async () => {
    expect(await listen({ origin: 'http://evil.example' })).toBe(403)
    expect(await listen({ origin: 'null' })).toBe(403)
    expect(await listen({ origin: `https://127.0.0.1:${port}` })).toBe(403)
    expect(await listen({ host: 'evil.example' })).toBe(403)
  })
})

describe('a request', () => {
  it('gets its answer in an envelope', async () => {
    const answer = await rpc('app.status')
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(envelopeOf(answer)).toMatchObject({ ok: true, data: { dataDir: app.dataDir, shell: 'browser' } })
  })

  it.each([
    ['not JSON', 'this is not JSON'],
    ['half of JSON', '{"id":'],
    ['nothing', ''],
    ['JSON of another shape', '[1, 2]'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00, 0x22])],
  ])('with %s for a body is told what is wrong', async (_what, body) => {
    const answer = await rpc('stories.get', body)
    expect(answer.status).toBe(200)
    expect(envelopeOf(answer)).toMatchObject({ ok: false, error: { code: 'bad_input' } })
  })

  it('by another method is refused', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])
      expect((await send('/rpc/app.status', { method, headers: bearer() })).status).toBe(405)
    expect((await send('/', { method: 'POST', ...(await withCookie()) }, '')).status).toBe(405)
  })

  it('for something that is no route is refused', async () => {
    for (const path of ['/rpc', '/rpc/', '/rpc/a/b', '/rpc/%61pp.status', '/rpc/..%2fapp.status'])
      expect((await send(path, { method: 'POST', headers: bearer() }, '{}')).status).toBe(404)
    expect(envelopeOf(await rpc('no.such'))).toMatchObject({ ok: false, error: { code: 'unknown_route' } })
    expect(envelopeOf(await rpc('constructor'))).toMatchObject({ ok: false, error: { code: 'unknown_route' } })
  })

  it('that is too large is refused with 413, whether or not it says so first', async () => {
    const large = Buffer.alloc(60_000_000, 0x20)
    expect((await rpc('app.status', large)).status).toBe(413)
    const inPieces = { 'transfer-encoding': 'chunked' }
    expect((await rpc('app.status', large, inPieces)).status).toBe(413)
    expect((await rpc('app.status')).status).toBe(200)
  })

  it('with an address that is none is refused', async () => {
    for (const path of ['//', 'http://[']) expect(await send(path)).toMatchObject({ status: 400, body: '' })
    expect((await send('/%')).status).toBe(401)
  })
})

describe('a file', () => {
  it('comes by a cookie that is worth nothing elsewhere: it is not the token', async () => {
    const { headers } = await withCookie()
    expect((await send('/no-such-file.js', { headers })).status).toBe(404)
    expect(headers.cookie).not.toContain(token)
    const secret = headers.cookie.split('=').at(-1) ?? ''
    expect((await send(`/?token=${secret}`)).status).toBe(401)
    expect((await send('/', { headers: { cookie: `fabula-${port}=${token}` } })).status).toBe(401)
    expect(await rpc('app.status', '{}', { authorization: `Bearer ${secret}` })).toMatchObject({ status: 401 })
    expect(await listen({ protocols: ['fabula', secret] })).toBe(401)
  })

  it.each([
    '/../../../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..\\..\\package.json',
    '/assets/../../main/index.js',
    '/index.html/../../../package.json',
    '//etc/passwd',
    '/index.html%00.js',
  ])('outside of the app is not given: %s', async (path) => {
    const answer = await send(path, await withCookie())
    expect(answer).toMatchObject({ status: 404, body: '' })
  })
})

describe('events', () => {
  it('reach every listener, in order', async () => {
    const sockets = [await listen(), await listen({ origin: `http://127.0.0.1:${port}` })]
    const story = await storyWith(app, await demoSettings(app))
    const heard = sockets.map((socket) => {
      if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
      return new Promise<string[]>((resolve) => {
        const names: string[] = []
        socket.on('message', (data: Buffer) => {
          const { name } = z.looseObject({ name: z.string() }).parse(JSON.parse(data.toString('utf8')))
          names.push(name)
          if (name === 'turn.ended') resolve(names)
        })
      })
    })
    await rpc('turns.start', JSON.stringify({ storyId: story.id, kind: 'send', text: 'Go.' }))
    for (const names of await Promise.all(heard)) {
      expect(names.filter((name) => name.startsWith('turn.') && name !== 'turn.delta')).toEqual([
        'turn.started',
        'turn.step',
        'turn.ended',
      ])
      expect(names).toContain('turn.delta')
      expect(names).toContain('data.changed')
    }
  })

  it('go on for one listener when another leaves', async () => {
    const [first, second] = [await listen(), await listen()]
    if (typeof first === 'number' || typeof second === 'number') throw new Error('refused')
    const message = once(second, 'message')
    first.terminate()
    await rpc('preferences.set', JSON.stringify({ theme: 'dark' }))
    await message
    expect(envelopeOf(await rpc('preferences.get'))).toMatchObject({ ok: true, data: { theme: 'dark' } })
  })
})
