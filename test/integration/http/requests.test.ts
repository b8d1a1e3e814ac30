import { describe, expect, it } from 'vitest'
import { readText } from '@main/http/read-text'
import { connectRaw } from '@test/helpers/raw-client'
import { get, hello, serve } from './serve'

describe('headers', () => {
  it('are refused where they are too large', async () => {
    const { port } = await serve(hello)
    const client = await connectRaw(port)
    client.send(get(port, `X-Large: ${'x'.repeat(20_000)}\r\n`))
    expect(await client.closed).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('are refused where they are too many', async () => {
    const { port } = await serve(hello)
    const headers = (count: number) => Array.from({ length: count }, (_, at) => `X-${at}: 1\r\n`).join('')
    const [few, many, very] = [await connectRaw(port), await connectRaw(port), await connectRaw(port)]
    few.send(get(port, headers(99)))
    await few.hears('hello')
    for (const [client, count] of [
      [many, 100],
      [very, 1500],
    ] as const) {
      client.send(get(port, headers(count)))
      expect(await client.closed).toMatch(/^HTTP\/1\.1 431 /)
    }
  })
})

describe('the host that a request names', () => {
  const answerTo = async (port: number, head: string) => {
    const client = await connectRaw(port)
    client.send(`${head}\r\nConnection: close\r\n\r\n`)
    return (await client.closed).slice(9, 12)
  }

  it('may be a name of this computer, in any case', async () => {
    const { port } = await serve(hello, { hostNames: ['Story.Box'] })
    for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', 'story.box', 'STORY.box'])
      expect(await answerTo(port, `GET / HTTP/1.1\r\nHost: ${host}:${port}`)).toBe('200')
    expect(await answerTo(port, `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}`)).toBe('200')
  })

  it.each([
    ['another name', (port: number) => `GET / HTTP/1.1\r\nHost: evil.example:${port}`],
    ['a name that begins like ours', (port: number) => `GET / HTTP/1.1\r\nHost: localhost.evil.example:${port}`],
    ['a name that ends like ours', (port: number) => `GET / HTTP/1.1\r\nHost: evil.localhost:${port}`],
    ['a user before it', (port: number) => `GET / HTTP/1.1\r\nHost: evil.example@127.0.0.1:${port}`],
    ['another port', (port: number) => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port + 1}`],
    ['no port', () => 'GET / HTTP/1.1\r\nHost: 127.0.0.1'],
    ['no host in an old protocol', () => 'GET / HTTP/1.0'],
    ['another one in the target', (port: number) => `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}`],
    ['ours in the target alone', (port: number) => `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: evil.example`],
    ['every address', (port: number) => `GET / HTTP/1.1\r\nHost: 0.0.0.0:${port}`],
  ])('is refused where it is %s', async (_what, head) => {
    const { port } = await serve(hello)
    expect(await answerTo(port, head(port))).toBe('403')
  })

  it('is one, whichever comes first', async () => {
    const { port } = await serve(hello)
    const hosts = [`127.0.0.1:${port}`, 'evil.example']
    for (const [one, other] of [hosts, hosts.toReversed()])
      expect(await answerTo(port, `GET / HTTP/1.1\r\nHost: ${one}\r\nHost: ${other}`)).toMatch(/^40[03]$/)
  })

  it('is told in the words of the server', async () => {
    const server = await serve(hello, { refusalBody: (refusal, status) => ({ refusal, status }) })
    const client = await connectRaw(server.port)
    client.send(get(1))
    expect(await client.closed).toContain('{"refusal":"foreign-host","status":403}')
  })
})

describe('a body', () => {
  const server = () =>
    serve(async (request) => {
      const text = await readText(request, 5)
      return new Response(text ?? 'too large', { status: text === null ? 413 : 200 })
    })
  const inPieces = (...pieces: string[]) =>
    new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        controller.close()
      },
    })

  it('is read up to its limit, whether or not it says its length first', async () => {
    const { origin } = await server()
    const post = async (body: RequestInit['body']) => {
      const answer = await fetch(origin, { method: 'POST', body, duplex: 'half' })
      return [answer.status, await answer.text()]
    }
    expect(await post('12345')).toEqual([200, '12345'])
    expect(await post('123456')).toEqual([413, 'too large'])
    expect(await post(inPieces('123', '45'))).toEqual([200, '12345'])
    expect(await post(inPieces('123', '456'))).toEqual([413, 'too large'])
    expect(await post('')).toEqual([200, ''])
  })
})
