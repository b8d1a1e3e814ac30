import { Hono, type MiddlewareHandler } from 'hono'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listen, type ListenOptions, type Listening } from '@main/http/listen'
import { allowOrigins } from '@main/http/origins'
import { WholeResponse } from '@main/http/whole-response'
import { StreamedResponse } from '@main/http/streamed-response'
import { readText } from '@main/http/read-text'
import { createGate } from '@test/helpers/gate'
import { connectRaw } from '@test/helpers/raw-client'

/** Limits that a test can wait for; each of them far below those that are not looked at. */
const LONG = { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000, stalledMs: 60_000 }
const headersEnd = { ...LONG, headersMs: 100 }
const bodiesEnd = { ...headersEnd, requestMs: 200 }
const unusedEnd = { ...LONG, idleMs: 100 }
const stalledEnd = { ...LONG, stalledMs: 200 }

async function serve(fetch: ListenOptions['fetch'], options: Partial<ListenOptions> = {}): Promise<Listening> {
  const server = await listen({ address: '127.0.0.1', port: 0, limits: LONG, ...options, fetch })
  onTestFinished(() => server.stop(0))
  return server
}
const hello = () => new Response('hello')
const get = (port: number, more = '', target = '/') =>
  `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}\r\n`

/** A stream that a test feeds by hand. */
function fedStream() {
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

describe('a client that is slow on purpose', () => {
  it('is cut off when its headers do not end, or never begin', async () => {
    const { port } = await serve(hello, { limits: headersEnd })
    const [begun, silent] = [await connectRaw(port), await connectRaw(port)]
    begun.send(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-One: 1\r\n`)
    expect(await begun.closed).toMatch(/^HTTP\/1\.1 408 /)
    await silent.closed
  })

  it('is cut off when its body does not end', async () => {
    const { port } = await serve(async (request) => new Response(await readText(request, 1000)), { limits: bodiesEnd })
    const client = await connectRaw(port)
    client.send(`POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 10\r\n\r\n123`)
    expect(await client.closed).not.toContain('200')
  })

  it('does not keep a connection that it does not use', async () => {
    const { port } = await serve(hello, { limits: unusedEnd })
    const client = await connectRaw(port)
    client.send(get(port))
    expect(await client.closed).toContain('hello')
  })

  it('does not keep others waiting: a hundred that say nothing', async () => {
    const server = await serve(hello, { limits: headersEnd })
    const idle = await Promise.all(Array.from({ length: 100 }, () => connectRaw(server.port)))
    expect(await (await fetch(server.origin)).text()).toBe('hello')
    await Promise.all(idle.map(({ closed }) => closed))
  })
})

describe('a reader that takes nothing of an answer', () => {
  it('is cut off, and what is answered stops: no more of it is held than its connection holds', async () => {
    let pulled = 0
    const cancelled = createGate()
    const piece = new Uint8Array(64 * 1024)
    const { port } = await serve(
      () =>
        new Response(
          new ReadableStream<Uint8Array>({
            pull: (controller) => {
              pulled += piece.length
              controller.enqueue(piece)
            },
            cancel: () => cancelled.arrive(),
          })
        ),
      { limits: stalledEnd }
    )
    const client = await connectRaw(port, { reads: false })
    client.send(get(port))
    await cancelled.reached
    // What the system holds for a connection, on this computer a few megabytes; the stream itself never ends.
    expect(pulled).toBeLessThan(32_000_000)
  })

  it('is another thing than a stream that has nothing to say for long', async () => {
    const stream = fedStream()
    const { port } = await serve(stream.answer, { limits: stalledEnd })
    const client = await connectRaw(port)
    client.send(get(port))
    stream.say('once')
    await client.hears('once')
    // Longer than a client may stall.
    const later = await connectRaw(port)
    await later.closed
    const still = await connectRaw(port)
    await still.closed
    stream.say('again')
    await client.hears('again')
    stream.end()
    client.socket.end()
    expect(await client.closed).toMatch(/again\r\n0\r\n\r\n$/)
  })

  it('stops what is answered at once when it leaves', async () => {
    const stream = fedStream()
    const { port } = await serve(stream.answer, { limits: stalledEnd })
    const client = await connectRaw(port)
    client.send(get(port))
    stream.say('once')
    await client.hears('once')
    client.socket.destroy()
    await expect(stream.cancelled).resolves.toBeUndefined()
  })
})

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

describe('an answer that is there as a whole', () => {
  const answer = () =>
    new WholeResponse('Grüße', { status: 201, headers: { 'content-type': 'text/plain', 'x-a': '1' } })
  const app = (...before: MiddlewareHandler[]) => {
    const made = new Hono()
    for (const one of before) made.use(one)
    made.get('/', answer)
    return serve((request) => made.fetch(request))
  }
  const asked = async ({ origin }: Listening, method: string) => {
    const got = await fetch(origin, { method })
    return [got.status, got.headers.get('x-a'), got.headers.get('content-type'), await got.text()]
  }

  it('arrives as it is, with its length, and without its body where only the head is asked for', async () => {
    const server = await app()
    expect(await asked(server, 'GET')).toEqual([201, '1', 'text/plain', 'Grüße'])
    expect(await asked(server, 'HEAD')).toEqual([201, '1', 'text/plain', ''])
    expect((await fetch(server.origin)).headers.get('content-length')).toBe('7')
  })

  it('arrives whole also where something on the way makes another answer of it', async () => {
    const server = await app(async (context, next) => {
      context.res.headers.set('x-b', '2')
      await next()
    })
    expect(await asked(server, 'GET')).toEqual([201, '1', 'text/plain', 'Grüße'])
  })
})

describe('an answer in parts', () => {
  const ALIVE = ': alive\n'

  /** Says each part when the test does, and tells of a reader that leaves. */
  function inParts(everyMs = 60_000) {
    const left = createGate()
    const waiting: ((part: string | null) => void)[] = []
    let timesLeft = 0
    const parts: AsyncIterator<string, void> = {
      next: () =>
        new Promise((resolve) =>
          waiting.push((part) =>
            resolve(part === null ? { done: true, value: undefined } : { done: false, value: part })
          )
        ),
    }
    const leave = () => {
      timesLeft += 1
      left.arrive()
    }
    const answer = () =>
      new StreamedResponse({ parts, left: leave, alive: { text: ALIVE, everyMs } }, { headers: { 'x-a': '1' } })
    /** Null ends it. */
    const say = async (part: string | null) => {
      await expect.poll(() => waiting.length).toBe(1)
      waiting.shift()?.(part)
    }
    return { answer, say, left: left.reached, timesLeft: () => timesLeft }
  }
  const readerOf = (response: Response) => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    return { read: async () => (await reader?.read())?.value, cancel: () => reader?.cancel() }
  }

  it('is written part by part, with signs of life in between, and ends', async () => {
    const { answer, say, timesLeft } = inParts(20)
    const { origin } = await serve(answer)
    const asking = fetch(origin)
    await say('one')
    const response = await asking
    expect([response.status, response.headers.get('x-a')]).toEqual([200, '1'])
    const { read } = readerOf(response)
    let text = ''
    while (!text.includes(`one${ALIVE}`)) text += (await read()) ?? ''
    await say('')
    await say('two')
    await say(null)
    for (let more = await read(); more !== undefined; more = await read()) text += more
    expect(text.replaceAll(ALIVE, '')).toBe('onetwo')
    expect(timesLeft()).toBe(0)
  })

  it('tells once of a reader that leaves, also of one that leaves while nothing comes', async () => {
    const { answer, say, left, timesLeft } = inParts()
    const { origin } = await serve(answer)
    const asking = fetch(origin)
    await say('one')
    const { read, cancel } = readerOf(await asking)
    expect(await read()).toBe('one')
    await cancel()
    await left
    await say('two')
    expect(timesLeft()).toBe(1)
  })

  it('arrives also where something on the way makes another answer of it', async () => {
    const { answer, say } = inParts()
    const app = new Hono()
    app.use(async (context, next) => {
      context.res.headers.set('x-b', '2')
      await next()
    })
    app.get('/', answer)
    const { origin } = await serve((request) => app.fetch(request))
    const asking = fetch(origin)
    await say('one')
    await say(null)
    const response = await asking
    expect([response.headers.get('x-b'), await response.text()]).toEqual(['2', 'one'])
  })
})

describe('a page of another origin', () => {
  const server = () => {
    const app = new Hono()
    app.use(
      allowOrigins({
        allowed: () => ['https://friend.example'],
        exposed: ['x-fabula-model'],
        refuse: (origin) => new Response(origin, { status: 403 }),
      })
    )
    app.all('*', (context) => context.text('done', 200, { 'x-fabula-model': 'demo/muse' }))
    return serve((request) => app.fetch(request))
  }
  const ask = (origin: string, method: string, from?: string) =>
    fetch(origin, { method, headers: from === undefined ? {} : { origin: from } })

  it('is refused, also where it only asks whether it may', async () => {
    const { origin } = await server()
    for (const from of ['https://evil.example', 'null', 'https://friend.example.evil.example', 'http://friend.example'])
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const answer = await ask(origin, method, from)
        expect(answer.status).toBe(403)
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      }
  })

  it('that is allowed by name may ask and read', async () => {
    const { origin } = await server()
    const preflight = await ask(origin, 'OPTIONS', 'https://friend.example')
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://friend.example')
    const answer = await ask(origin, 'POST', 'https://friend.example')
    expect(await answer.text()).toBe('done')
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://friend.example')
    expect(answer.headers.get('access-control-expose-headers')).toBe('x-fabula-model')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('is not what a program without an origin is', async () => {
    const { origin } = await server()
    const answer = await ask(origin, 'POST')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a stop', () => {
  it('lets an answer under way end, takes no new one, and leaves no connection', async () => {
    const stream = fedStream()
    const server = await serve((request) => (request.url.endsWith('/hello') ? hello() : stream.answer()))
    const [reader, idle, unused] = await Promise.all([1, 2, 3].map(() => connectRaw(server.port)))
    if (!reader || !idle || !unused) throw new Error('No connection')
    idle.send(get(server.port, '', '/hello'))
    await idle.hears('hello')
    reader.send(get(server.port))
    stream.say('first')
    await reader.hears('first')
    const stopped = server.stop(60_000)
    await idle.closed
    await expect(fetch(server.origin)).rejects.toThrow('fetch failed')
    stream.say('last')
    await reader.hears('last')
    stream.end()
    const [, whole] = await Promise.all([stopped, reader.closed, unused.closed])
    expect(whole).toContain('0\r\n\r\n')
  })

  it('refuses a request that was only begun', async () => {
    const stream = fedStream()
    const server = await serve(stream.answer)
    const [reader, late] = [await connectRaw(server.port), await connectRaw(server.port)]
    late.send(get(server.port).slice(0, 20))
    reader.send(get(server.port))
    stream.say('first')
    await reader.hears('first')
    const stopped = server.stop(60_000)
    late.send(get(server.port).slice(20))
    expect(await late.closed).toMatch(/^HTTP\/1\.1 503 /)
    stream.end()
    await Promise.all([stopped, reader.closed])
  })

  it('cuts off what does not end in time', async () => {
    const stream = fedStream()
    const server = await serve(stream.answer)
    const reader = await connectRaw(server.port)
    reader.send(get(server.port))
    stream.say('first')
    await reader.hears('first')
    const [patient, hasty] = [server.stop(60_000), server.stop(50)]
    expect((await Promise.all([reader.closed, patient, hasty, stream.cancelled]))[0]).not.toContain('0\r\n\r\n')
  })
})

it('says where it listens, and fails where another program does', async () => {
  const server = await serve(hello)
  expect(server.origin).toBe(`http://127.0.0.1:${server.port}`)
  await expect(listen({ address: '127.0.0.1', port: server.port, fetch: hello })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})

it('answers 500 without a word where an answer cannot be made', async () => {
  const { origin } = await serve(() => Promise.reject(new Error('a secret')))
  const answer = await fetch(origin)
  expect([answer.status, await answer.text()]).toEqual([500, ''])
})
