import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chunksOf } from '@main/platform/chunked-response'
import { createFetchWithin } from '@main/platform/http-fetch'

async function serve(answer: RequestListener) {
  const server = createServer(answer)
  let connections = 0
  server.on('connection', () => (connections += 1))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const fetch = createFetchWithin(() => Promise.resolve(null))()
  const post = (signal?: AbortSignal) =>
    fetch(`http://127.0.0.1:${port}/a?b=c`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: '{"text":"Grüße"}',
      redirect: 'manual',
      ...(signal ? { signal } : {}),
    })
  return { post, connections: () => connections }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += String(part)
  return text
}

describe('a request of text', () => {
  it('arrives as it was written, and asks for an answer that is not compressed', async () => {
    const { post } = await serve((request, response) => {
      const { method, url, headers } = request
      void bodyOf(request).then((body) => response.end(JSON.stringify({ method, url, headers, body })))
    })
    expect(await (await post()).json()).toMatchObject({
      method: 'POST',
      url: '/a?b=c',
      body: '{"text":"Grüße"}',
      headers: { authorization: 'Bearer x', 'content-length': '18', 'accept-encoding': 'identity' },
    })
  })

  it.each([
    ['gzip', gzipSync('Grüße')],
    ['deflate', deflateSync('Grüße')],
    ['br', brotliCompressSync('Grüße')],
    ['utf-8', Buffer.from('Grüße')],
  ])('is answered also where the answer is packed by %s', async (encoding, packed) => {
    const { post } = await serve((_, response) => response.setHeader('content-encoding', encoding).end(packed))
    expect(await (await post()).text()).toBe('Grüße')
  })

  it('is answered with a status, headers and a redirect as they came', async () => {
    const { post } = await serve((_, response) => {
      response.writeHead(307, { location: '/other', 'set-cookie': ['a=1', 'b=2'] }).end()
    })
    const answer = await post()
    expect([answer.status, answer.headers.get('location'), answer.headers.getSetCookie()]).toEqual([
      307,
      '/other',
      ['a=1', 'b=2'],
    ])
  })

  it('ends with its signal, before its answer and amid it', async () => {
    const { post } = await serve((_, response) => response.writeHead(200).write('one'))
    const why = new Error('enough')
    await expect(post(AbortSignal.abort(why))).rejects.toBe(why)
    const stop = new AbortController()
    const chunks = chunksOf(await post(stop.signal))?.[Symbol.asyncIterator]()
    expect(String((await chunks?.next())?.value)).toBe('one')
    stop.abort(why)
    await expect(chunks?.next()).rejects.toThrow('enough')
  })

  it('makes a server wait that writes faster than it is read, and loses nothing', async () => {
    const part = Buffer.alloc(1_000_000, 'x')
    const parts = 32
    let written = 0
    let requests = 0
    const { post } = await serve((_, response) => {
      requests += 1
      if (requests > 1) return void response.end('one')
      const write = (): void => {
        while (written < parts) {
          written += 1
          if (!response.write(part)) return void response.once('drain', write)
        }
        response.end()
      }
      write()
    })
    const chunks = chunksOf(await post())?.[Symbol.asyncIterator]()
    let read = (await chunks?.next())?.value?.byteLength ?? 0
    // Meanwhile all of it would have arrived, if nobody held it up.
    for (let count = 0; count < 2000; count += 1) await (await post()).text()
    expect(written).toBeLessThan(parts)
    for (let next = await chunks?.next(); next?.done === false; next = await chunks?.next())
      read += next.value.byteLength
    expect(read).toBe(parts * part.length)
  })

  it('is told where an answer breaks off', async () => {
    const { post } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('one', () => response.destroy())
    })
    const answer = await post()
    await expect(answer.text()).rejects.toThrow(/other side closed|aborted|terminated/)
  })
})

describe('its connection', () => {
  it('serves further requests when the answer was read to its end', async () => {
    const { post, connections } = await serve((_, response) => response.end('one'))
    for (let count = 0; count < 6; count += 1) expect(await (await post()).text()).toBe('one')
    // One that has just read the last byte may not be free yet.
    expect(connections()).toBeLessThanOrEqual(2)
  })

  it('is closed when an answer is left that was never read', async () => {
    let isClosed = () => {}
    const closed = new Promise<boolean>((resolve) => (isClosed = () => resolve(true)))
    const { post } = await serve((_, response) => {
      response.once('close', isClosed)
      response.writeHead(200).write('one')
    })
    await (await post()).body?.cancel()
    expect(await closed).toBe(true)
  })
})
