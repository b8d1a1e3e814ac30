import { describe, expect, it } from 'vitest'
import { listen } from '@main/http/listen'
import { connectRaw } from '@test/helpers/raw-client'
import { fedStream, get, hello, serve } from './serve'

it('says where it listens, and fails where another program does', async () => {
  const server = await serve(hello)
  expect(server.origin).toBe(`http://127.0.0.1:${server.port}`)
  await expect(listen({ address: '127.0.0.1', port: server.port, fetch: hello })).rejects.toMatchObject({
    code: 'EADDRINUSE',
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
