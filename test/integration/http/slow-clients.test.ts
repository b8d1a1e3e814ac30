import { describe, expect, it } from 'vitest'
import { readText } from '@main/http/read-text'
import { createGate } from '@test/helpers/gate'
import { connectRaw } from '@test/helpers/raw-client'
import { fedStream, get, hello, LONG, serve } from './serve'

/** Limits that a test can wait for, each of them far below those that are not looked at. */
const headersEnd = { ...LONG, headersMs: 100 }
const bodiesEnd = { ...headersEnd, requestMs: 200 }
const unusedEnd = { ...LONG, idleMs: 100 }
const stalledEnd = { ...LONG, stalledMs: 200 }

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
